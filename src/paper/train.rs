//! Training the models of a table.

use std::io;

use super::measured::Monitor;
use crate::{
    model::Mlp,
    recipe::Recipe,
    run::{self, Event, RunError, Sink},
};

/// Trains the model of `recipe` as any other run, and tells `monitor` of every epoch; `None` if it
/// was stopped.
///
/// # Errors
/// [`RunError`] if the data or memory for the model cannot be had.
pub(super) fn train(recipe: Recipe, monitor: &dyn Monitor) -> Result<Option<Mlp>, RunError> {
    let dataset = recipe.source.title();
    match run::train(&recipe, &mut [&mut Watched { monitor, dataset }]) {
        Ok(trained) => Ok(Some(trained.first().model.clone())),
        Err(RunError::Sink(_)) if monitor.stopped() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Passes a run's epochs and remarks on to a monitor, and its wish to stop back to the run.
struct Watched<'a> {
    monitor: &'a dyn Monitor,
    dataset: String,
}

impl Sink for Watched<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if self.monitor.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match event {
            Event::Epoch { .. } => self.monitor.advance(),
            Event::Started { notes, .. } => notes
                .iter()
                .for_each(|note| self.monitor.remark(&self.dataset, note)),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{
        recipe::Controls,
        training::{HyperParameters, Preset},
    };

    /// Stops after as many units as it was given.
    struct Budget(AtomicUsize, usize);

    impl Monitor for Budget {
        fn advance(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn remark(&self, _: &str, _: &str) {}

        fn stopped(&self) -> bool {
            self.0.load(Ordering::Relaxed) >= self.1
        }
    }

    fn recipe() -> Recipe {
        let preset = Preset::find("moon").unwrap();
        let parameters = HyperParameters {
            samples: 200,
            epochs: 4,
            counterfactuals: 20,
            burn_in: 0.5,
            ..preset.parameters()
        };
        let source = preset.source(None).unwrap();
        Recipe::single(source, Controls::new(parameters))
    }

    #[test]
    fn models_of_tables_are_those_of_any_run_burn_in_included() {
        let plain = run::train(&recipe(), &mut []).unwrap();
        let budget = Budget(AtomicUsize::new(0), usize::MAX);
        let model = train(recipe(), &budget).unwrap().unwrap();
        assert_eq!(model.parameters, plain.first().model.parameters);
        assert_eq!(budget.0.into_inner(), 4);
    }

    #[test]
    fn a_stop_ends_training() {
        let budget = Budget(AtomicUsize::new(0), 2);
        assert!(train(recipe(), &budget).unwrap().is_none());
        assert_eq!(budget.0.into_inner(), 2);
    }
}
