//! What an expression is worth.

use std::fmt;

use super::{ExpressionError, Node, Operator};

/// A value of a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Whether something is so.
    Truth(bool),
    /// A choice, such as a generator.
    Word(String),
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) if number.is_nan() => formatter.write_str("not known"),
            Self::Number(number) => {
                let decimals = match number.abs() {
                    _ if number.fract() == 0.0 => 0,
                    0.0..1.0 => 3,
                    1.0..10.0 => 2,
                    10.0..100.0 => 1,
                    _ => 0,
                };
                write!(formatter, "{:.decimals$}", number + 0.0)
            }
            Self::Truth(true) => formatter.write_str("true"),
            Self::Truth(false) => formatter.write_str("false"),
            Self::Word(word) => formatter.write_str(word),
        }
    }
}

/// Where the values of names come from.
pub trait Facts {
    /// The value of `name` with its arguments.
    ///
    /// # Errors
    /// [`ExpressionError`] if there is nothing of this name, or not with these arguments.
    fn value(&self, name: &str, arguments: &[String]) -> Result<Value, ExpressionError>;
}

/// The value of `node`. A comparison with what is not known is false.
pub(super) fn evaluate(node: &Node, facts: &dyn Facts) -> Result<Value, ExpressionError> {
    Ok(match node {
        Node::Number(number) => Value::Number(*number),
        Node::Word(word) => Value::Word(word.clone()),
        Node::Fact(name, arguments) => facts.value(name, arguments)?,
        Node::Negative(inner) => Value::Number(-number(evaluate(inner, facts)?)?),
        Node::Not(inner) => Value::Truth(!truth(evaluate(inner, facts)?)?),
        Node::Binary(operator, left, right) => {
            let values = [evaluate(left, facts)?, evaluate(right, facts)?];
            binary(*operator, values)?
        }
    })
}

fn binary(operator: Operator, [left, right]: [Value; 2]) -> Result<Value, ExpressionError> {
    use Operator as O;
    match operator {
        O::Or => return Ok(Value::Truth(truth(left)? || truth(right)?)),
        O::And => return Ok(Value::Truth(truth(left)? && truth(right)?)),
        O::Equal | O::Unequal if !matches!(left, Value::Number(_)) => {
            let equal = same(&left, &right)?;
            return Ok(Value::Truth(equal == (operator == O::Equal)));
        }
        _ => {}
    }
    let (left, right) = (number(left)?, number(right)?);
    Ok(match operator {
        O::Less => Value::Truth(left < right),
        O::AtMost => Value::Truth(left <= right),
        O::Greater => Value::Truth(left > right),
        O::AtLeast => Value::Truth(left >= right),
        O::Equal => Value::Truth(left == right),
        O::Unequal => Value::Truth(left != right),
        O::Plus => Value::Number(left + right),
        O::Minus => Value::Number(left - right),
        O::Times => Value::Number(left * right),
        O::Over => Value::Number(left / right),
        O::Or | O::And => Value::Truth(false),
    })
}

fn same(left: &Value, right: &Value) -> Result<bool, ExpressionError> {
    match (left, right) {
        (Value::Word(a), Value::Word(b)) => Ok(a == b),
        (Value::Truth(a), Value::Truth(b)) => Ok(a == b),
        _ => Err(ExpressionError(format!(
            "{left} and {right} cannot be compared"
        ))),
    }
}

fn number(value: Value) -> Result<f64, ExpressionError> {
    match value {
        Value::Number(number) => Ok(number),
        other => Err(ExpressionError(format!("{other} is no number"))),
    }
}

fn truth(value: Value) -> Result<bool, ExpressionError> {
    match value {
        Value::Truth(truth) => Ok(truth),
        other => Err(ExpressionError(format!(
            "{other} is neither true nor false; compare it with something"
        ))),
    }
}
