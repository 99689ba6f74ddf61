//! The published data sets: originals and copies are recognised, balanced and cut to size.
//!
//! The files here are made up, with the columns of the real ones.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::PathBuf;

use ctui::counterfactual::Constraints;
use ctui::data::groups::groups;
use ctui::data::{Benchmark, Dataset, Draw, Expected, Kind, Source};
use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

const DRAW: Draw = Draw {
    samples: 4500,
    noise: 0.0,
    seed: 1,
};

fn save(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn source(benchmark: Benchmark, path: PathBuf) -> Source {
    Source::Benchmark {
        benchmark,
        path,
        as_published: false,
    }
}

/// What is said of a file, all remarks in one text.
fn notes(benchmark: Benchmark, path: PathBuf) -> String {
    let loaded = source(benchmark, path).load_with_notes(&DRAW).unwrap();
    loaded.notes.join("; ")
}

fn load(benchmark: Benchmark, path: PathBuf) -> Dataset {
    source(benchmark, path).load(&DRAW).unwrap()
}

fn names(dataset: &Dataset) -> Vec<&str> {
    dataset
        .features
        .iter()
        .map(|feature| feature.name.as_str())
        .collect()
}

/// Rows of the original file of Adult, without a header line.
fn adult() -> String {
    let row = |i: usize| {
        let work = ["Private", "State-gov", "?"]
            [usize::from(i % 20 == 19) * 2 + i % 2 * usize::from(i % 20 != 19)];
        let education = ["Bachelors, 13", "10th, 6", "Masters, 14"][i % 3];
        let income = [">50K", "<=50K"][usize::from(!i.is_multiple_of(4))];
        format!(
            "{}, {work}, {}, {education}, Divorced, Sales, Husband, White, Male, 0, 0, 40, Cuba, {income}\n",
            20 + i % 50,
            1000 * i
        )
    };
    (0..200).map(row).collect()
}

#[test]
fn adult_is_read_without_a_header_line() {
    let folder = TempDir::new().unwrap();
    let dataset = load(Benchmark::Adult, save(&folder, "adult.data", &adult()));
    assert_eq!(dataset.classes, ["<=50K", ">50K"]);
    assert_eq!(dataset.train.len() + dataset.test.len(), 200);
    for category in ["workclass=State-gov", "workclass=?", "education=Bachelors"] {
        assert!(names(&dataset).contains(&category), "{category}");
    }
    assert_eq!(Benchmark::Adult.protected(&dataset.features), [0]);
}

#[test]
fn the_test_file_of_adult_has_dots_behind_its_labels() {
    let folder = TempDir::new().unwrap();
    let original = load(Benchmark::Adult, save(&folder, "adult.data", &adult()));
    let test = adult().replace("50K\n", "50K.\n");
    let test = format!("|1x3 Cross validator\n{test}\n");
    let path = save(&folder, "adult.test", &test);
    assert_eq!(load(Benchmark::Adult, path.clone()), original);
    let expected = Expected {
        features: Some(original.features),
        classes: Some(original.classes),
        ..Expected::default()
    };
    let rows = source(Benchmark::Adult, path).rows(&expected).unwrap();
    assert_eq!((rows.numbers[0], rows.numbers.len()), (0, 200));
    assert_eq!(rows.y.unwrap()[..4], [1, 0, 0, 0]);
}

#[test]
fn copies_of_adult_with_other_names_are_the_same() {
    let folder = TempDir::new().unwrap();
    let original = load(Benchmark::Adult, save(&folder, "adult.data", &adult()));
    let header = "Age,workclass,fnlwgt,education,educational-num,marital.status,occupation,relationship,race,gender,capital.gain,capital_loss,hours per week,native.country,income\n";
    let copy = save(&folder, "copy.csv", &(header.to_string() + &adult()));
    assert_eq!(load(Benchmark::Adult, copy), original);
}

#[test]
fn adult_as_published_decodes_the_years_with_the_categories_of_education() {
    let folder = TempDir::new().unwrap();
    let path = save(&folder, "adult.data", &adult());
    let described = source(Benchmark::Adult, path);
    let group = |dataset: &Dataset| {
        let groups = groups(&dataset.features).into_iter();
        let names = |range: std::ops::Range<usize>| names(dataset)[range].join(" ");
        groups.map(names).find(|names| names.contains("education"))
    };
    let dataset = described.load(&DRAW).unwrap();
    let categories = "education=10th education=Bachelors education=Masters";
    assert_eq!(group(&dataset).unwrap(), categories);
    let published = described.as_published();
    let other = published.load(&DRAW).unwrap();
    assert_eq!(
        group(&other).unwrap(),
        format!("{categories} education-num")
    );
    assert!(other.train == dataset.train && other.test == dataset.test);
    let constraints = Constraints::on(&published.load(&DRAW).unwrap(), &[], 2.0);
    let years = names(&dataset)
        .iter()
        .position(|name| *name == "education-num");
    let mut point = vec![0.0; dataset.dimensions()];
    point[years.unwrap()] = 0.7;
    let factual = vec![0.0; dataset.dimensions()];
    constraints.decode(&factual, &mut point, 1, 1);
    assert_eq!(point[years.unwrap()], 1.0);
}

#[test]
fn a_copy_of_adult_may_lack_education_but_says_so() {
    let folder = TempDir::new().unwrap();
    let header = "age,workclass,fnlwgt,education-num,marital-status,occupation,relationship,race,sex,capital-gain,capital-loss,hours-per-week,native-country,target\n";
    let rows = adult();
    let without = rows.lines().map(|row| {
        let mut cells: Vec<&str> = row.split(", ").collect();
        cells.remove(3);
        cells.join(",") + "\n"
    });
    let path = save(
        &folder,
        "adult.csv",
        &(header.to_owned() + &without.collect::<String>()),
    );
    let said = notes(Benchmark::Adult, path.clone());
    assert!(said.contains("no column `education`"), "{said}");
    let error = source(Benchmark::Adult, path)
        .as_published()
        .load(&DRAW)
        .unwrap_err();
    assert!(error.to_string().contains("adult.data"), "{error}");
}

#[test]
fn only_adult_was_published_otherwise() {
    let moon = Source::named("moon").unwrap();
    assert!(!moon.clone().as_published().is_as_published());
    let credit = source(Benchmark::Credit, "credit.csv".into());
    assert!(!credit.as_published().is_as_published());
    let adult = source(Benchmark::Adult, "adult.data".into());
    let published = adult.clone().as_published();
    assert!(published.is_as_published() && !adult.is_as_published());
    let text = serde_json::to_string(&published).unwrap();
    assert_eq!(serde_json::from_str::<Source>(&text).unwrap(), published);
    let text = serde_json::to_string(&adult).unwrap();
    assert!(
        !text.contains("published"),
        "older recipes read alike: {text}"
    );
}

#[test]
fn a_folder_has_the_original_before_a_copy_and_plain_files_before_packed_ones() {
    let folder = TempDir::new().unwrap();
    let found = |benchmark: Benchmark, name: &str| {
        save(&folder, name, "");
        let path = benchmark.locate(folder.path()).unwrap();
        path.file_name().unwrap().to_str().unwrap().to_owned()
    };
    let files = [
        (Benchmark::Adult, "adult.csv"),
        (Benchmark::Adult, "adult_original.data"),
        (Benchmark::Adult, "adult.data"),
        (Benchmark::Gmsc, "gmsc.csv.gz"),
        (Benchmark::Gmsc, "gmsc.csv"),
        (Benchmark::Gmsc, "gmsc_complete.csv.gz"),
        (Benchmark::Gmsc, "gmsc_complete.csv"),
        (Benchmark::California, "california_housing.csv"),
        (Benchmark::Credit, "credit_default.csv"),
        (Benchmark::Mnist, "mnist-images-idx3-ubyte.gz"),
    ];
    for (benchmark, name) in files {
        assert_eq!(found(benchmark, name), name);
    }
}

#[test]
fn california_is_split_at_the_median() {
    let folder = TempDir::new().unwrap();
    let mut text = String::from(
        "longitude,latitude,housing_median_age,total_rooms,total_bedrooms,population,households,median_income,median_house_value,ocean_proximity\n",
    );
    for i in 0..100 {
        let bedrooms = if i == 7 {
            String::new()
        } else {
            format!("{i}")
        };
        text += &format!(
            "-120,{},{},30,{bedrooms},15,6,{},{},INLAND\n",
            i % 7,
            i % 50,
            i % 3,
            1000 * i
        );
    }
    let path = save(&folder, "housing.csv", &text);
    let dataset = load(Benchmark::California, folder.path().into());
    let said = notes(Benchmark::California, path.clone());
    assert!(said.contains("averages per household were made"), "{said}");
    assert_eq!(
        names(&dataset)[3..],
        [
            "population",
            "median_income",
            "average_rooms",
            "average_bedrooms",
            "average_occupancy"
        ]
    );
    let [rooms, _, occupancy] = [5, 6, 7].map(|i| dataset.features[i].scale.offset);
    assert_eq!((rooms, occupancy), (5.0, 2.5));
    assert_eq!(dataset.classes, ["false", "true"]);
    assert_eq!(dataset.dimensions(), 8);
    let high = [&dataset.train, &dataset.test].map(|part| part.y.iter().sum::<usize>());
    assert_eq!(high, [40, 10]);
    assert_eq!(Benchmark::California.protected(&dataset.features), [2]);
    let expected = Expected {
        features: Some(dataset.features.clone()),
        classes: Some(dataset.classes.clone()),
        ..Expected::default()
    };
    let rows = source(Benchmark::California, path).rows(&expected).unwrap();
    assert_eq!(rows.numbers.len(), 99);
    assert_eq!(rows.y.unwrap().iter().sum::<usize>(), 50);
}

#[test]
fn california_comes_without_names_or_with_averages() {
    let folder = TempDir::new().unwrap();
    let (mut original, mut averages) = (
        String::new(),
        String::from(
            ",MedInc,HouseAge,AveRooms,AveBedrms,Population,AveOccup,Latitude,Longitude,MedHouseVal\n",
        ),
    );
    for i in 0..100 {
        let (age, income, value) = (i % 50, i % 11, 1000 * i);
        original += &format!("-122.{i},37.8,{age},880,129,322,126,{income}.3252,{value}.0\n");
        averages += &format!("{i},{income}.3252,{age},6.9,1.02,322,2.55,37.8,-122.{i},{value}\n");
    }
    let path = save(&folder, "cal_housing.data", &original);
    let original = load(Benchmark::California, path);
    assert_eq!(Benchmark::California.protected(&original.features), [2]);
    assert_eq!(names(&original)[4], "median_income");
    let averages = load(
        Benchmark::California,
        save(&folder, "averages.csv", &averages),
    );
    assert_eq!(
        names(&averages)[..3],
        ["median_income", "housing_median_age", "average_rooms"]
    );
    let said = notes(Benchmark::California, folder.path().join("averages.csv"));
    assert!(!said.contains("averages"), "left as they are: {said}");
    assert_eq!(
        averages.dimensions(),
        8,
        "rows are numbered, which is no feature"
    );
    assert_eq!(
        (original.train.y, original.classes),
        (averages.train.y, averages.classes)
    );
}

/// Column names of the original of the credit card clients, as its sheet has them.
fn credit_names() -> String {
    let mut text =
        String::from("ID,LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6");
    (1..=6).for_each(|i| text += &format!(",BILL_AMT{i}"));
    (1..=6).for_each(|i| text += &format!(",PAY_AMT{i}"));
    text + ",default payment next month\n"
}

fn credit_rows() -> String {
    let row = |i: usize| {
        format!(
            "{i},{},{},1,{},{}{},{}\n",
            1000 * i,
            1 + i % 2,
            i % 3,
            20 + i % 40,
            ",0".repeat(18),
            usize::from(i.is_multiple_of(5))
        )
    };
    (0..200).map(row).collect()
}

#[test]
fn credit_has_categories_and_equal_classes() {
    let folder = TempDir::new().unwrap();
    let text = credit_names() + &credit_rows();
    let path = save(&folder, "UCI_Credit_Card.csv", &text);
    let dataset = load(Benchmark::Credit, path);
    let groups = dataset
        .features
        .iter()
        .filter(|f| matches!(f.kind, Kind::Category { .. }));
    assert_eq!(groups.count(), 2 + 1 + 3);
    assert!(!names(&dataset).contains(&"id"));
    let balanced = |part: &ctui::data::Samples| {
        part.y.iter().sum::<usize>() * 2 == part.len() || part.len() % 2 == 1
    };
    assert!(balanced(&dataset.train) && balanced(&dataset.test));
}

#[test]
fn the_sheet_of_credit_has_two_header_lines() {
    let folder = TempDir::new().unwrap();
    let load = |name, header: &str| {
        let path = save(&folder, name, &(header.to_owned() + &credit_rows()));
        load(Benchmark::Credit, path)
    };
    let numbered: String = (1..=23).map(|i| format!(",X{i}")).collect();
    let numbered = numbered + ",Y\n";
    let plain = load("one.csv", &credit_names());
    let both = numbered.clone() + &credit_names();
    assert_eq!(load("two.csv", &both), plain);
    assert_eq!(load("numbered.csv", &numbered), plain);
    let marked = format!("\u{feff}{both}");
    assert_eq!(load("marked.csv", &marked), plain, "a byte order mark");
    let path = save(
        &folder,
        "semicolons.csv",
        &(both + &credit_rows()).replace(',', ";"),
    );
    assert_eq!(self::load(Benchmark::Credit, path), plain, "semicolons");
}

#[test]
fn the_original_of_gmsc_counts_the_other_way_round() {
    let folder = TempDir::new().unwrap();
    let columns = "RevolvingUtilizationOfUnsecuredLines,age,NumberOfTime30-59DaysPastDueNotWorse,DebtRatio,MonthlyIncome,NumberOfOpenCreditLinesAndLoans,NumberOfTimes90DaysLate,NumberRealEstateLoansOrLines,NumberOfTime60-89DaysPastDueNotWorse,NumberOfDependents";
    let mut original = format!("\"\",\"SeriousDlqin2yrs\",{columns}\n");
    let mut copy = format!("{columns},target\n");
    for i in 0..100_usize {
        let bad = usize::from(i % 10 == 0);
        let row = format!("{},{},0,0.1,5000,3,{bad},1,0,NA", i as f32 / 100.0, 20 + i);
        let row = row.replace("NA", if i == 3 { "NA" } else { "2" });
        original += &format!("{},{bad},{row}\n", i + 1);
        copy += &format!("{row},{}\n", 1 - bad);
    }
    let original = load(Benchmark::Gmsc, save(&folder, "cs-training.csv", &original));
    let copy = load(Benchmark::Gmsc, save(&folder, "gmsc.csv", &copy));
    assert_eq!(original.classes, ["1", "0"]);
    assert_eq!(original.train, copy.train);
    assert_eq!((copy.train.len(), copy.test.len()), (16, 4));
    assert_eq!(copy.train.y.iter().sum::<usize>(), 8);
    let said = notes(Benchmark::Gmsc, folder.path().join("gmsc.csv"));
    assert!(
        said.contains("too few for the paper's 12371 and 3343"),
        "{said}"
    );
}

#[test]
fn gmsc_is_cut_down_to_the_papers_sizes_and_packed_files_open() {
    let folder = TempDir::new().unwrap();
    let names = "RevolvingUtilizationOfUnsecuredLines,age,NumberOfTime30-59DaysPastDueNotWorse,DebtRatio,MonthlyIncome,NumberOfOpenCreditLinesAndLoans,NumberOfTimes90DaysLate,NumberRealEstateLoansOrLines,NumberOfTime60-89DaysPastDueNotWorse,NumberOfDependents,target\n";
    let row = |i: usize| {
        let income = if i.is_multiple_of(4) { "NA" } else { "5000" };
        format!(
            "{i},40,0,0.1,{income},3,0,1,0,2,{}\n",
            usize::from(i % 5 < 4)
        )
    };
    let text = names.to_owned() + &(0..60_000).map(row).collect::<String>();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let path = folder.path().join("gmsc_complete.csv.gz");
    std::fs::write(&path, packed.finish().unwrap()).unwrap();
    let dataset = load(Benchmark::Gmsc, folder.path().into());
    assert_eq!((dataset.train.len(), dataset.test.len()), (12_371, 3_343));
    let ones = |part: &ctui::data::Samples| part.y.iter().sum::<usize>();
    assert!(ones(&dataset.train).abs_diff(6_186) <= 1 && ones(&dataset.test).abs_diff(1_672) <= 1);
    let scale = dataset.features[0].scale;
    let number = |x: f32| scale.to_file(x).round() as usize;
    let all = dataset
        .train
        .x
        .column(0)
        .into_iter()
        .chain(dataset.test.x.column(0));
    let mut rows: Vec<usize> = all.map(|&x| number(x)).collect();
    let count = rows.len();
    assert!(rows.iter().all(|row| row % 4 != 0), "only complete rows");
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), count, "no row is used twice");
    let loaded = Source::file(&path, None).load(&DRAW).unwrap();
    assert_eq!(
        (loaded.name.as_str(), loaded.dimensions()),
        ("gmsc_complete", 10)
    );
}

#[test]
fn a_wrong_or_missing_file_says_where_to_get_the_right_one() {
    let folder = TempDir::new().unwrap();
    let message = |benchmark, path| source(benchmark, path).load(&DRAW).unwrap_err().to_string();
    let wrong = message(Benchmark::Credit, save(&folder, "a.csv", "a,b\n1,2\n"));
    assert!(
        wrong.contains("no column") && wrong.contains("archive.ics.uci.edu"),
        "{wrong}"
    );
    let missing = message(Benchmark::Gmsc, folder.path().join("b.csv"));
    assert!(
        missing.contains("b.csv") && missing.contains("kaggle"),
        "{missing}"
    );
    let empty = message(Benchmark::Mnist, folder.path().into());
    assert!(empty.contains("train-images-idx3-ubyte"), "{empty}");
    let none = Source::named("ch").unwrap_err().to_string();
    assert!(none.contains("--data"), "{none}");
    let unknown = Source::named("adlut").unwrap_err().to_string();
    assert!(unknown.contains("did you mean `adult`"), "{unknown}");
}
