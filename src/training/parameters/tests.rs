use super::*;

#[test]
fn every_default_is_in_range_and_survives_its_own_setter() {
    for parameter in TABLE {
        let mut parameters = HyperParameters::default();
        let value = parameter.get(&parameters);
        parameter.set(&mut parameters, value).unwrap();
        assert_eq!(parameters, HyperParameters::default(), "{}", parameter.name);
        assert!(!parameter.help.is_empty(), "{}", parameter.name);
    }
}

#[test]
fn every_field_is_declared_once() {
    let ensemble = HyperParameters {
        members: 2,
        ..HyperParameters::default()
    };
    let fields = serde_json::to_value(ensemble).unwrap();
    let mut fields: Vec<_> = fields.as_object().unwrap().keys().cloned().collect();
    let mut names: Vec<_> = TABLE.iter().map(|p| p.name.to_owned()).collect();
    fields.sort();
    names.sort();
    assert_eq!(fields, names);
}

#[test]
fn formatted_values_parse_back() {
    for parameter in TABLE {
        let mut parameters = HyperParameters::default();
        for steps in [1.0, 10.0, -3.0, -100.0, 7.0] {
            let value = parameter.stepped(&parameters, steps);
            parameter.set(&mut parameters, value).unwrap();
            let text = parameter.format(&parameters);
            let before = parameters.clone();
            parameter.parse(&mut parameters, &text).unwrap();
            assert_eq!(parameters, before, "{} {text}", parameter.name);
        }
    }
}

#[test]
fn steps_are_undone_by_steps_back() {
    let parameter = Parameter::find("lambda_div").unwrap();
    let mut parameters = HyperParameters::default();
    for steps in [1.0, 1.0, -1.0, -1.0] {
        let value = parameter.stepped(&parameters, steps);
        parameter.set(&mut parameters, value).unwrap();
    }
    assert_eq!(parameters.lambda_div, 0.5);
}

#[test]
fn a_misspelt_name_gets_a_suggestion() {
    let error = Parameter::find("lamda_div").unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no parameter `lamda_div`; did you mean `lambda_div`?"
    );
}

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    let mut parameters = HyperParameters::default();
    let parameter = Parameter::find("τ").unwrap();
    for text in ["1.5", "nan", "inf", "-1", "high"] {
        let error = parameter.parse(&mut parameters, text).unwrap_err();
        assert!(error.to_string().contains("from 0.01 to 0.99"), "{error}");
    }
    let whole = Parameter::find("max_steps").unwrap();
    assert!(whole.parse(&mut parameters, "2.5").is_err());
    assert_eq!(parameters, HyperParameters::default());
}

#[test]
fn every_parameter_is_explained_and_found_by_other_words() {
    for parameter in TABLE {
        let entry = crate::glossary::parameter(parameter.name);
        let entry = entry.unwrap_or_else(|| panic!("{} has no entry", parameter.name));
        assert_eq!(entry.name, parameter.name);
        for key in entry.keys().chain([parameter.symbol]) {
            let found = Parameter::find(key).map(|found| found.name);
            assert_eq!(found, Ok(parameter.name), "{key}");
        }
        assert!(
            entry.keys().any(|key| key == parameter.symbol),
            "{}",
            parameter.symbol
        );
    }
}

#[test]
fn every_entry_of_a_parameter_has_its_parameter() {
    let entries = crate::glossary::entries();
    for entry in entries.filter(|entry| entry.kind == crate::glossary::Kind::Parameter) {
        let known = TABLE.iter().any(|parameter| parameter.name == entry.name);
        assert!(known, "{}", entry.name);
    }
}
