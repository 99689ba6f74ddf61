//! Reading an expression by recursive descent.

use super::{
    ExpressionError, Node, Operator,
    token::{Kind, Token, tokens},
};

/// Deepest nesting.
const DEEPEST: usize = 50;

/// The tree of `text`.
pub(super) fn parse(text: &str) -> Result<Node, ExpressionError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    if parser.peek().kind == Kind::End {
        return Err(ExpressionError("an expression is missing".to_owned()));
    }
    let root = parser.level(0)?;
    match parser.peek().kind {
        Kind::End => Ok(root),
        _ => Err(parser.refuse("the end, or `and`, `or`, or a comparison")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> Kind {
        let kind = self.peek().kind.clone();
        self.next += 1;
        kind
    }

    fn refuse(&self, expected: &str) -> ExpressionError {
        let at = self.peek().at;
        ExpressionError(format!("{expected} is expected at character {at}"))
    }

    /// Parts that operators of at least this level join; comparisons are not chained.
    fn level(&mut self, level: u8) -> Result<Node, ExpressionError> {
        if level > 4 {
            return self.factor();
        }
        if level == 2 && self.peek().kind == Kind::Not {
            self.next += 1;
            return self.deeper(|parser| Ok(Node::Not(Box::new(parser.level(2)?))));
        }
        let mut left = self.level(level + 1)?;
        while let Kind::Operator(operator) = self.peek().kind {
            if operator.level() != level {
                break;
            }
            self.next += 1;
            let right = self.level(level + 1)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
            if level == 2 {
                break;
            }
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Node, ExpressionError> {
        let expected = "a number, a name, a word or a parenthesis";
        let refusal = self.refuse(expected);
        match self.take() {
            Kind::Number(number) => Ok(Node::Number(number)),
            Kind::Word(word) => Ok(Node::Word(word)),
            Kind::Name(name) => Ok(Node::Fact(name, self.arguments()?)),
            Kind::Operator(Operator::Minus) => {
                self.deeper(|parser| Ok(Node::Negative(Box::new(parser.factor()?))))
            }
            Kind::Open => self.deeper(|parser| {
                let inner = parser.level(0)?;
                parser.close()?;
                Ok(inner)
            }),
            _ => Err(refusal),
        }
    }

    /// Names in parentheses, if there are any.
    fn arguments(&mut self) -> Result<Vec<String>, ExpressionError> {
        let mut arguments = Vec::new();
        if self.peek().kind != Kind::Open {
            return Ok(arguments);
        }
        self.next += 1;
        loop {
            let refusal = self.refuse("the name of an arm or a feature");
            match self.take() {
                Kind::Name(name) | Kind::Word(name) => arguments.push(name),
                _ => return Err(refusal),
            }
            if self.peek().kind != Kind::Comma {
                self.close()?;
                return Ok(arguments);
            }
            self.next += 1;
        }
    }

    fn close(&mut self) -> Result<(), ExpressionError> {
        match self.peek().kind {
            Kind::Close => {
                self.next += 1;
                Ok(())
            }
            _ => Err(self.refuse("a closing parenthesis")),
        }
    }

    fn deeper(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<Node, ExpressionError>,
    ) -> Result<Node, ExpressionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExpressionError("it is nested too deeply".to_owned()));
        }
        let node = inner(self);
        self.depth -= 1;
        node
    }
}
