//! A saved session in the real binary, played as it was made.

use ctui::{
    data::{Family, Source},
    recipe::{self, Change, Controls, Parent, Recipe},
    training::HyperParameters,
};

use crate::stage::Stage;

/// A session with a change at epoch 10 and a fork after 20.
fn recorded() -> Recipe {
    let parameters = HyperParameters {
        samples: 200,
        counterfactuals: 20,
        max_steps: 10,
        epochs: 30,
        ..HyperParameters::default()
    };
    let source = Source::Synthetic {
        family: Family::Moon,
        classes: None,
    };
    let mut recipe = Recipe::pair(source, Controls::new(parameters));
    let mut controls = recipe.arms[1].controls.clone();
    controls.parameters.lambda_div = 2.0;
    recipe.arms[1].changes = vec![Change {
        epoch: 10,
        controls,
    }];
    let mut fork = recipe.arms[1].clone();
    fork.name = "other".into();
    fork.parent = Some(Parent {
        arm: "CT".into(),
        epoch: 20,
    });
    recipe.arms.push(fork);
    recipe
}

#[test]
fn a_saved_session_is_played_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    recipe::write(&folder.path().join("recipe.json"), &recorded(), "").unwrap();
    let program = env!("CARGO_BIN_EXE_ctui");
    let run = folder.path().to_str().unwrap();
    let arguments = ["replay", run, "--speed", "2"];
    let mut stage = Stage::new(program, &arguments);
    stage.wait_for("replay ×2");
    stage.type_keys(">");
    stage.wait_for("replay ×4");
    stage.wait_for("epoch 10 · CT: λ_div 0.5 → 2");
    assert!(!stage.text().contains("other"), "{}", stage.text());
    stage.wait_for("epoch 20 · other forked off CT");
    stage.wait_for("replay ended");
    stage.wait_for("the replay has ended at epoch 30; the run is yours now");
    stage.type_keys("n");
    stage.wait_for("epoch 31");
    stage.type_keys("qq");
    assert_eq!(stage.end(), 0);
}
