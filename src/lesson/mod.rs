//! What lessons are made of below the screen: statements that can be checked, and marked text.

pub mod expression;
pub mod facts;
pub mod markup;
