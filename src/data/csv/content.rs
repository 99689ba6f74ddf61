//! Telling other kinds of files by their content, so that a message can name them.

/// First bytes of files that are not text, what they are called, and what to do.
const KINDS: [(&[u8], &str, &str); 17] = [
    (
        b"\x93NUMPY",
        "a NumPy array (.npy)",
        "write it with numpy.savetxt(\"data.csv\", a, delimiter=\",\", header=\"x1,x2,label\", comments=\"\")",
    ),
    (
        b"PAR1",
        "a Parquet file",
        "write it as CSV, such as with pandas.read_parquet(…).to_csv(\"data.csv\", index=False)",
    ),
    (
        b"ARROW1",
        "an Arrow or Feather file",
        "write it as CSV, such as with pandas.read_feather(…).to_csv(\"data.csv\", index=False)",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook (.xls)",
        "save the sheet as CSV in Excel",
    ),
    (b"\x89HDF", "an HDF5 file", "write its table as CSV"),
    (
        b"MATLAB 5.0",
        "a MATLAB file (.mat)",
        "write its table as CSV, such as with writetable",
    ),
    (
        b"SQLite format 3",
        "an SQLite database",
        "write the table as CSV, such as with sqlite3 -csv -header",
    ),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it first"),
    (b"\xfd7zXZ", "packed with xz", "unpack it first"),
    (b"BZh", "packed with bzip2", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"%PDF", "a PDF", "save its table as CSV"),
    (b"\x89PNG", "a picture", "images are read from IDX files"),
    (
        b"\xff\xd8\xff",
        "a picture",
        "images are read from IDX files",
    ),
    (
        b"RDX",
        "an R workspace",
        "write the data frame with write.csv(…, row.names = FALSE)",
    ),
    (b"$FL2", "an SPSS file (.sav)", "save it as CSV"),
];

/// Why bytes are no table of text, if that can be told; in words that follow the name of the file.
pub(super) fn problem(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip(bytes));
    }
    if let Some((_, kind, advice)) = KINDS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Some(format!("this is {kind}, not CSV; {advice}"));
    }
    if is_pickle(bytes) {
        return Some("this is a Python pickle, not CSV; write the data with to_csv(\"data.csv\", index=False)".into());
    }
    if let Some(name) = utf_16(bytes) {
        return Some(format!(
            "this is {name} text; save it as UTF-8 (in Excel: CSV UTF-8; or iconv -f {name} -t UTF-8)"
        ));
    }
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |text: &str| {
        start.len() >= text.len() && start[..text.len()].eq_ignore_ascii_case(text.as_bytes())
    };
    if begins("<!doctype") || begins("<html") || begins("<?xml") {
        return Some("this is a web page or XML, not CSV; download the file itself".into());
    }
    if begins("{\"") || begins("[{") || begins("[[") {
        return Some("this is JSON, not CSV; write it as CSV, such as with pandas.read_json(…).to_csv(\"data.csv\", index=False)".into());
    }
    if begins("@relation") {
        return Some("this is an ARFF file, not CSV; save it as CSV in Weka".into());
    }
    let head = &bytes[..bytes.len().min(4096)];
    head.contains(&0).then(|| {
        "this is not text but a binary file; a table has to be CSV: a header line and a row per line".into()
    })
}

/// What a ZIP file is, by the names of the files in it.
fn zip(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let holds = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        "this is an Excel workbook (.xlsx), not CSV; save the sheet as CSV UTF-8 in Excel".into()
    } else if holds(b"opendocument.spreadsheet") {
        "this is an OpenDocument spreadsheet (.ods), not CSV; save the sheet as CSV".into()
    } else if holds(b".npy") {
        "this is a NumPy archive (.npz), not CSV; write its arrays with numpy.savetxt".into()
    } else {
        "this is a ZIP archive; unpack it, and name the CSV file in it".into()
    }
}

fn is_pickle(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 2..=5, ..]) && bytes.ends_with(b".")
}

/// The encoding, if the text is in units of two or four bytes.
fn utf_16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(256) & !1];
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() * 4 / 10;
    let either = |many: usize, few: usize| many > most && few == 0;
    (head.len() >= 4 && (either(odd, even) || either(even, odd))).then_some("UTF-16")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_named() {
        let utf_16: Vec<u8> = "age,label\n1,0\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let marked = [b"\xff\xfe".as_slice(), &utf_16].concat();
        let cases: [(&[u8], &str); 9] = [
            (b"PK\x03\x04....xl/workbook.xml", ".xlsx"),
            (b"PK\x03\x04....data.csv", "ZIP"),
            (b"PK\x03\x04....x.npy", ".npz"),
            (b"\x93NUMPY\x01\x00", ".npy"),
            (b"PAR1\x15", "Parquet"),
            (&utf_16, "UTF-16"),
            (&marked, "UTF-16"),
            (b"\x80\x04\x95abc.", "pickle"),
            (b"abc\0\0\x01def", "binary"),
        ];
        for (bytes, part) in cases {
            let problem = problem(bytes).unwrap();
            assert!(problem.contains(part), "{problem}");
        }
    }

    #[test]
    fn text_is_no_problem() {
        for text in [
            "",
            "a,b\n1,2\n",
            "\u{feff}größe;label\n",
            "PK,PAR\n1,2\n",
            "[a],b\n1,2\n",
            "<1,b\n1,2\n",
        ] {
            assert_eq!(problem(text.as_bytes()), None, "{text}");
        }
    }
}
