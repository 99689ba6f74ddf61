//! Arguments that say how a table is written, for all commands that read one.

use clap::Args;

use super::CliError;
use crate::data::TableFormat;

/// How a CSV file is written, where that is not to be found out.
#[derive(Args, Clone, Debug, Default)]
pub struct TableArguments {
    /// What else stands for a missing value in a CSV file, beside nothing, NA, NaN, None, null, ?, -
    /// and the like
    #[arg(
        long,
        value_name = "TEXTS",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    missing: Vec<String>,
    /// What stands between the cells of a CSV file: a character, tab or space [default: found out]
    #[arg(long, value_name = "MARK", allow_hyphen_values = true)]
    delimiter: Option<String>,
    /// The decimal mark of a CSV file, . or , [default: found out]
    #[arg(long, value_name = "MARK")]
    decimal: Option<String>,
    /// Columns of a CSV file to leave out; a name that holds a comma by itself or in double quotes;
    /// repeatable
    #[arg(long, value_name = "NAMES", allow_hyphen_values = true)]
    ignore: Vec<String>,
}

impl TableArguments {
    /// The format that the arguments describe.
    ///
    /// # Errors
    /// [`CliError::Input`] for marks that cannot be.
    pub fn format(&self) -> Result<TableFormat, CliError> {
        let delimiter = self.delimiter.as_deref().map(TableFormat::parse_delimiter);
        let decimal = self.decimal.as_deref().map(TableFormat::parse_decimal);
        Ok(TableFormat {
            delimiter: delimiter.transpose()?,
            decimal: decimal.transpose()?,
            missing: self.missing.clone(),
            ignore: self.ignore.clone(),
        })
    }
}
