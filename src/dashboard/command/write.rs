//! Writing: an action as a line.

use serde_json::Value;

use super::quote;
use crate::dashboard::action::Action;

/// The line that spells `action`.
pub fn spell(action: &Action) -> String {
    match serde_json::to_value(action) {
        Ok(Value::Object(object)) => match object.into_iter().next() {
            Some((name, value)) => format!("{name} {}", arguments(&value)),
            None => String::new(),
        },
        Ok(value) => word(&value),
        Err(_) => String::new(),
    }
}

fn arguments(value: &Value) -> String {
    let words: Vec<_> = match value {
        Value::Array(values) => values.iter().map(word).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("{name}={}", word(value)))
            .collect(),
        value => vec![word(value)],
    };
    words.join(" ")
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::{action::Panel, command::parse};

    #[test]
    fn what_is_spelt_is_read_back() {
        let actions = [
            Action::ToggleRun,
            Action::Adjust(-10),
            Action::TogglePanel(Panel::Losses),
            Action::Resize {
                columns: 80,
                rows: 24,
            },
            Action::Set("lambda_div".into(), "0.8".into()),
            Action::Lock("credit score".into()),
            Action::Type(' '),
            Action::Data {
                name: "a b.csv".into(),
                noise: Some(0.5),
                samples: None,
                classes: Some(3),
                label: None,
            },
        ];
        for action in actions {
            assert_eq!(
                parse(&spell(&action)),
                Ok(action.clone()),
                "{}",
                spell(&action)
            );
        }
        assert_eq!(spell(&Action::Adjust(1)), "adjust 1");
    }
}
