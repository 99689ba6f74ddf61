use proptest::prelude::*;

use super::*;

struct Pretended;

impl Facts for Pretended {
    fn value(&self, name: &str, arguments: &[String]) -> Result<Value, ExpressionError> {
        Ok(match (name, arguments) {
            ("epoch", []) => Value::Number(60.0),
            ("ip.change", [arm]) if arm == "CT" => Value::Number(-24.5),
            ("accuracy", [feature]) if feature == "credit score" => Value::Number(0.5),
            ("locked", [feature]) => Value::Truth(feature == "age"),
            ("generator", []) => Value::Word("eccco".to_owned()),
            ("nothing", []) => Value::Number(f64::NAN),
            _ => return Err(ExpressionError(format!("no {name}"))),
        })
    }
}

fn holds(text: &str) -> Result<bool, String> {
    let expression = Expression::parse(text).map_err(|error| error.to_string())?;
    expression
        .holds(&Pretended)
        .map_err(|error| error.to_string())
}

#[test]
fn statements_are_true_or_false() {
    let cases = [
        ("ip.change(CT) <= -20", true),
        ("ip.change(CT) > -20", false),
        ("epoch >= 60 and ip.change(CT) < 0", true),
        ("epoch > 60 or locked(age)", true),
        ("not locked(age) or epoch == 60", true),
        ("not (locked(age) and epoch == 60)", false),
        ("2 + 3 * 4 == 14 and (2 + 3) * 4 == 20", true),
        ("10 - 2 - 3 == 5 and 8 / 4 / 2 == 1", true),
        ("-epoch < --1", true),
        ("generator == 'eccco' and generator != \"generic\"", true),
        ("accuracy('credit score') == .5", true),
        ("locked(age) == locked(income)", false),
    ];
    for (text, expected) in cases {
        assert_eq!(holds(text), Ok(expected), "{text}");
    }
}

#[test]
fn nothing_is_claimed_of_what_is_not_known() {
    for text in ["nothing < 0", "nothing >= 0", "nothing == nothing"] {
        assert_eq!(holds(text), Ok(false), "{text}");
    }
}

#[test]
fn mistakes_are_said_with_their_place() {
    let cases = [
        ("", "an expression is missing"),
        ("epoch >= ", "a parenthesis is expected at character 10"),
        ("epoch >= 60 60", "is expected at character 13"),
        (
            "(epoch >= 60",
            "a closing parenthesis is expected at character 13",
        ),
        ("epoch ? 3", "`?` means nothing here (character 7)"),
        ("1.2.3 > 1", "`1.2.3` is no number (character 1)"),
        ("generator == 'ecc", "mark at character 14 is not closed"),
        ("epoch", "`epoch` is 60, and no statement"),
        ("epoch and locked(age)", "60 is neither true nor false"),
        ("generator < 3", "eccco is no number"),
        ("locked(age) == 3", "cannot be compared"),
        ("locked(3)", "the name of an arm or a feature is expected"),
        ("1 < 2 < 3", "is expected at character 7"),
    ];
    for (text, expected) in cases {
        let refused = holds(text).unwrap_err();
        assert!(refused.contains(expected), "{text}: {refused}");
    }
    let deep = "(".repeat(900);
    assert!(holds(&deep).unwrap_err().contains("nested too deeply"));
    assert!(holds(&"x".repeat(2000)).unwrap_err().contains("at most"));
}

#[test]
fn numbers_are_written_with_the_digits_that_people_read() {
    let cases = [
        (60.0, "60"),
        (-0.0, "0"),
        (0.6471, "0.647"),
        (-1.286, "-1.29"),
        (15.156, "15.2"),
        (9438.589, "9439"),
        (f64::NAN, "not known"),
    ];
    for (number, text) in cases {
        assert_eq!(Value::Number(number).to_string(), text);
    }
}

#[test]
fn what_an_expression_speaks_of_is_told_once() {
    let expression = Expression::parse("epoch > 3 and epoch < 70 and locked(age)").unwrap();
    let told: Vec<String> = expression
        .facts(&Pretended)
        .iter()
        .map(|(name, value)| format!("{name} is {value}"))
        .collect();
    assert_eq!(told, ["epoch is 60", "locked(age) is true"]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[a-z0-9 .()<>=!+*/'\",-]{0,60}|\\PC{0,40}") {
        let _ = holds(&text);
    }
}
