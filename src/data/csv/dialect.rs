//! How files are written that were not made for ctui.

/// How an original departs from one header line with rows below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) struct Dialect {
    /// First byte of lines that are no part of the table.
    pub(in crate::data) comment: Option<u8>,
    /// What may stand behind the name of a class.
    pub(in crate::data) label_end: Option<char>,
    /// Whether there may be two lines of column names, of which the second one counts.
    pub(in crate::data) two_headers: bool,
}

impl Dialect {
    /// A header line with rows below it.
    pub(in crate::data) const PLAIN: Self = Self {
        comment: None,
        label_end: None,
        two_headers: false,
    };
}
