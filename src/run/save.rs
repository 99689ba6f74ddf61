//! The directory of a run, written at once.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use super::{
    DirectoryError, LockError, checkpoint,
    directory::{
        AUTOENCODER, CHECKPOINT, LOG, METRICS, RECIPE, check_files, check_free, files, lines, lock,
        log_line, model_name,
    },
    metrics, model_file,
};
use crate::{
    data::Dataset,
    files::{Existing, Staged, reason},
    learner::Standing,
    recipe,
};

/// Content of a file to be, by its name.
type File = (String, Vec<u8>);

/// Writes a run that stands at `standing`, trained on `dataset`, into the directory at `path`: the files
/// that [`RunDirectory`](super::RunDirectory) keeps, and the models; all of them or none. The directory is
/// made if only it is missing. Where this process keeps the run already, the models alone are written.
///
/// # Errors
/// [`DirectoryError`] if there is a run that is to be kept, another process has the directory, the data
/// cannot be read, or a file cannot be written.
pub fn save(
    path: &Path,
    standing: &Standing,
    dataset: &Dataset,
    existing: Existing,
) -> Result<(), DirectoryError> {
    let refused = |error: io::Error| DirectoryError::file(path, reason(path, &error));
    let models = models(standing, dataset).map_err(refused)?;
    let made = match fs::create_dir(path) {
        Ok(()) => true,
        Err(_) if path.is_dir() => false,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(DirectoryError::file(path, "it is a file, not a folder"));
        }
        Err(error) => return Err(refused(error)),
    };
    let saved = match lock(path) {
        Ok(_lock) => save_all(path, standing, models, existing),
        Err(error) if is_own(&error) => write(path, models, Existing::Replaced),
        Err(error) => Err(error),
    };
    if made && saved.is_err() {
        let _ = fs::remove_dir(path);
    }
    saved
}

/// Whether it is this process that has the directory.
fn is_own(error: &DirectoryError) -> bool {
    let own = Some(process::id());
    matches!(error, DirectoryError::Held { lock: LockError::Held(holder), .. } if *holder == own)
}

/// Writes all files, and removes those that another run has left.
fn save_all(
    path: &Path,
    standing: &Standing,
    models: Vec<File>,
    existing: Existing,
) -> Result<(), DirectoryError> {
    let access = |error: io::Error| DirectoryError::file(path, error);
    if existing == Existing::Kept {
        check_free(path)?;
    }
    check_files(path)?;
    let before = files(path).map_err(access)?;
    let digest = standing.recipe.source.digest()?;
    let mut all = records(standing, &digest).map_err(access)?;
    all.extend(models);
    let written: Vec<PathBuf> = all.iter().map(|(name, _)| path.join(name)).collect();
    write(path, all, existing)?;
    let is_left = |file: &&PathBuf| !file.ends_with(AUTOENCODER) && !written.contains(file);
    (before.iter().filter(is_left)).for_each(|file| drop(fs::remove_file(file)));
    Ok(())
}

/// Writes files into the directory at `path`, all of them or none.
fn write(path: &Path, files: Vec<File>, existing: Existing) -> Result<(), DirectoryError> {
    let mut staged = Staged::default();
    for (name, bytes) in files {
        let file = path.join(name);
        staged
            .add(&file, |output| output.write_all(&bytes))
            .map_err(|error| DirectoryError::file(&file, reason(&file, &error)))?;
    }
    staged.commit(existing).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => DirectoryError::Present(path.to_owned()),
        _ => DirectoryError::file(path, reason(path, &error)),
    })
}

/// Everything but the models.
fn records(standing: &Standing, digest: &str) -> io::Result<Vec<File>> {
    let mut recipe = Vec::new();
    recipe::write_to(&standing.recipe, digest, &mut recipe)?;
    let mut reports = Vec::new();
    for (arm, report) in lines(standing, 0) {
        reports.extend(metrics::line(arm, report)?);
    }
    let title = standing.recipe.source.title();
    let log = log_line(&format!("saved after epoch {}: {title}", standing.epoch()));
    let files = [
        (RECIPE, recipe),
        (METRICS, reports),
        (LOG, log.into_bytes()),
        (CHECKPOINT, checkpoint::to_bytes(standing, digest)?),
    ];
    Ok(files.map(|(name, bytes)| (name.to_owned(), bytes)).into())
}

/// The models of all arms, with what is known about them.
fn models(standing: &Standing, dataset: &Dataset) -> io::Result<Vec<File>> {
    let recipe = &standing.recipe;
    let arms = recipe.arms.iter().zip(&standing.states).enumerate();
    arms.map(|(position, (arm, state))| {
        let file = model_file(&state.model, dataset, &recipe.only(position))?;
        let bytes = file.bytes().map_err(io::Error::other)?;
        Ok((model_name(&arm.name, recipe.arms.len() == 1), bytes))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use super::*;
    use crate::{
        data::Source,
        model::ModelFile,
        recipe::{Controls, Recipe},
        run::{Past, Run, RunDirectory},
        session::Lockstep,
        training::{EpochReport, HyperParameters},
    };

    /// A run of two arms after two of four epochs.
    fn begun() -> (Lockstep, Standing) {
        let parameters = HyperParameters {
            samples: 200,
            epochs: 4,
            ..HyperParameters::default()
        };
        let source = Source::named("moon").unwrap();
        let mut run = Lockstep::new(Recipe::pair(source, Controls::new(parameters))).unwrap();
        let mut reports = vec![Vec::new(); 2];
        for _ in 0..2 {
            run.train_epoch().unwrap();
            (0..2).for_each(|arm| reports[arm].push(run.report(arm).clone()));
        }
        let standing = Standing {
            recipe: run.recipe().clone(),
            newest: 2,
            states: run.states(),
            reports,
        };
        (run, standing)
    }

    fn names(path: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(path).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_saved_run_is_one_of_train_and_goes_on_bit_for_bit() {
        let folder = tempfile::tempdir().unwrap();
        let (saved, trained) = (folder.path().join("saved"), folder.path().join("trained"));
        let (run, standing) = begun();
        save(&saved, &standing, run.dataset(), Existing::Kept).unwrap();
        let kept = Past::read(&saved).unwrap();
        let losses = |reports: &[EpochReport]| -> Vec<f32> {
            reports.iter().map(|report| report.loss.total).collect()
        };
        assert_eq!(losses(kept.reports(1)), losses(&standing.reports[1]));

        let mut whole = RunDirectory::create(&trained, &standing.recipe, false).unwrap();
        let undisturbed = Run::new(&standing.recipe).train(&mut [&mut whole]).unwrap();
        let (mut directory, begun) = RunDirectory::resume(&saved).unwrap();
        let goes_on = Run::resume(begun.standing().unwrap());
        let resumed = goes_on.train(&mut [&mut directory]).unwrap();
        for (one, other) in resumed.arms.iter().zip(&undisturbed.arms) {
            assert_eq!(one.model, other.model);
        }
        drop((directory, whole));
        for name in [RECIPE, METRICS] {
            let bytes = |path: &Path| fs::read(path.join(name)).unwrap();
            assert_eq!(bytes(&saved), bytes(&trained), "{name}");
        }
        let model = ModelFile::read(&saved.join("model.CT.safetensors")).unwrap();
        assert_eq!(model.model, standing.states[1].model);
    }

    #[test]
    fn another_run_is_replaced_only_on_demand_and_leaves_no_model() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        let (run, mut standing) = begun();
        save(&path, &standing, run.dataset(), Existing::Kept).unwrap();
        fs::write(path.join("notes"), "mine").unwrap();
        Arc::make_mut(&mut standing.states[0]).epoch = 2;
        standing.recipe.arms.truncate(1);
        standing.states.truncate(1);
        standing.reports.truncate(1);
        let before = names(&path);
        let error = save(&path, &standing, run.dataset(), Existing::Kept).unwrap_err();
        assert!(matches!(error, DirectoryError::Present(_)), "{error}");
        assert_eq!(names(&path), before);
        save(&path, &standing, run.dataset(), Existing::Replaced).unwrap();
        let expected = [
            CHECKPOINT,
            LOG,
            METRICS,
            "model.safetensors",
            "notes",
            RECIPE,
        ];
        assert_eq!(names(&path), expected.map(str::to_owned).into());
    }

    #[test]
    fn what_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (run, standing) = begun();
        let path = folder.path().join("run");
        let mut lost = standing.clone();
        lost.recipe.source = Source::file(Path::new("/nowhere/data.csv"), None);
        assert!(save(&path, &lost, run.dataset(), Existing::Kept).is_err());
        assert!(!path.exists());

        fs::create_dir(&path).unwrap();
        for name in ["model.BL.safetensors", LOG] {
            fs::write(path.join(name), "mine").unwrap();
            let error = save(&path, &standing, run.dataset(), Existing::Kept).unwrap_err();
            assert!(matches!(&error, DirectoryError::Taken(file) if file.ends_with(name)));
            assert_eq!(names(&path), [name.to_owned()].into());
            assert_eq!(fs::read(path.join(name)).unwrap(), b"mine");
            fs::remove_file(path.join(name)).unwrap();
        }
        fs::create_dir(path.join("model.CT.safetensors")).unwrap();
        assert!(save(&path, &standing, run.dataset(), Existing::Replaced).is_err());
        assert_eq!(names(&path).len(), 1);

        let held = folder.path().join("held");
        let directory = RunDirectory::create(&held, &standing.recipe, false).unwrap();
        let recipe = fs::read(held.join(RECIPE)).unwrap();
        save(&held, &standing, run.dataset(), Existing::Kept).unwrap();
        assert!(names(&held).contains("model.CT.safetensors"));
        assert!(!names(&held).contains(CHECKPOINT));
        assert_eq!(fs::read(held.join(RECIPE)).unwrap(), recipe);
        drop(directory);
    }
}
