//! What the schema of the sample `loan-approval.csv` says.

/// The whole-number columns that may change, and their bounds in units of the file.
pub const BOUNDS: [(&str, f64, f64); 7] = [
    ("age", 18.0, 80.0),
    ("education_years", 8.0, 22.0),
    ("years_employed", 0.0, 50.0),
    ("income", 0.0, 250_000.0),
    ("debt", 0.0, 150_000.0),
    ("amount", 1000.0, 100_000.0),
    ("duration", 6.0, 120.0),
];
