//! Finding the files, and saying where to get them.

use std::path::{Path, PathBuf};

use super::Benchmark;
use crate::data::DataError;
use crate::data::is_standard_input;

impl Benchmark {
    /// Where to get the data.
    pub fn where_from(self) -> &'static str {
        match self {
            Self::Adult => "get adult.data from https://archive.ics.uci.edu/dataset/2/adult",
            Self::California => {
                "get cal_housing.data from https://www.dcc.fc.up.pt/~ltorgo/Regression/cal_housing.html, or save scikit-learn's fetch_california_housing as CSV"
            }
            Self::Credit => {
                "get it from https://archive.ics.uci.edu/dataset/350/default+of+credit+card+clients and save the sheet as CSV"
            }
            Self::Gmsc => "get cs-training.csv from https://www.kaggle.com/c/GiveMeSomeCredit/data",
            Self::Mnist => {
                "get the files of images and of labels from https://yann.lecun.com/exdb/mnist or a copy of it"
            }
        }
    }

    /// Usual names of the file, the originals before copies of a part.
    fn file_names(self) -> &'static [&'static str] {
        match self {
            Self::Adult => &[
                "adult.data",
                "adult_original.data",
                "adult.csv",
                "adult.test",
            ],
            Self::California => &[
                "california_housing.csv",
                "california.csv",
                "housing.csv",
                "cal_housing.data",
            ],
            Self::Credit => &[
                "credit_default.csv",
                "credit.csv",
                "UCI_Credit_Card.csv",
                "default of credit card clients.csv",
                "default_of_credit_card_clients.csv",
            ],
            Self::Gmsc => &["gmsc_complete.csv", "cs-training.csv", "gmsc.csv"],
            Self::Mnist => &[
                "mnist-images-idx3-ubyte",
                "train-images-idx3-ubyte",
                "train-images.idx3-ubyte",
                "t10k-images-idx3-ubyte",
                "t10k-images.idx3-ubyte",
            ],
        }
    }

    /// The file itself: `path`, or the first one of a usual name, plain or with `.gz` behind it, if
    /// `path` is a folder.
    ///
    /// # Errors
    /// [`DataError::Name`] if there is no such file, with where to get it.
    pub fn locate(self, path: &Path) -> Result<PathBuf, DataError> {
        let title = self.title();
        let advice = self.where_from();
        if path.is_dir() {
            let names = self.file_names().iter();
            let mut files = names
                .flat_map(|name| [(*name).to_owned(), format!("{name}.gz")])
                .map(|name| path.join(name));
            return files.find(|file| file.is_file()).ok_or_else(|| {
                DataError::Name(format!(
                    "{} has no file of {title}, such as {}, plain or with .gz behind it; {advice}",
                    path.display(),
                    self.file_names().join(", ")
                ))
            });
        }
        match path.exists() || is_standard_input(path) {
            true => Ok(path.into()),
            false => Err(DataError::Name(format!(
                "there is no file {} for {title}; {advice}",
                path.display()
            ))),
        }
    }

    /// What to say when the user names this data set but no file.
    pub fn needs_a_file(self) -> DataError {
        DataError::Name(format!(
            "{} does not come with ctui: {}, and name the file with --data FILE, or its folder with --data-dir DIR for `ctui paper`",
            self.title(),
            self.where_from()
        ))
    }
}
