//! Where the data of a recipe lie: a recipe travels in a folder with them.

use std::path::{Path, PathBuf};

use super::RecipeError;
use crate::data::Source;

/// The source of the recipe in the file at `recipe`, where it is on this machine: beside the recipe
/// first, in the folder it was given in or in none, then as seen from the present folder.
///
/// # Errors
/// [`RecipeError::Missing`] if it is in neither place, [`RecipeError::Changed`] if what is there has
/// another digest than `digest`, [`RecipeError::Data`] if it cannot be read.
pub fn locate(recipe: &Path, source: Source, digest: Option<&str>) -> Result<Source, RecipeError> {
    let Some(path) = source.path().map(Path::to_owned) else {
        return Ok(source);
    };
    let mut present = places(recipe, &path)
        .into_iter()
        .filter(|place| place.exists());
    let mut other = None;
    for place in present.by_ref() {
        let found = match place == path {
            true => source.clone(),
            false => source.clone().at(place.clone()),
        };
        match digest {
            Some(digest) if found.digest()? != digest => other = other.or(Some(place)),
            _ => return Ok(found),
        }
    }
    Err(match other {
        Some(path) => RecipeError::Changed(path),
        None => RecipeError::Missing(path),
    })
}

/// Where a file that a recipe calls `path` may be, likeliest first.
fn places(recipe: &Path, path: &Path) -> Vec<PathBuf> {
    let folder = recipe.parent().unwrap_or(Path::new(""));
    let name = path.file_name().map(|name| folder.join(name));
    let mut places = match path.is_absolute() {
        true => vec![path.to_owned()],
        false => vec![folder.join(path)],
    };
    places.extend(name);
    places.push(path.to_owned());
    places
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn source(path: &Path) -> Source {
        Source::file(path, Some("answer".into()))
    }

    #[test]
    fn data_are_found_beside_the_recipe_first() {
        let folder = tempfile::tempdir().unwrap();
        let recipe = folder.path().join("recipe.json");
        let inside = folder.path().join("tables/loan.csv");
        let beside = folder.path().join("loan.csv");
        let wanted = source(Path::new("tables/loan.csv"));
        let missing = locate(&recipe, wanted.clone(), None);
        assert!(matches!(missing, Err(RecipeError::Missing(_))));
        fs::write(&beside, "a").unwrap();
        assert_eq!(
            locate(&recipe, wanted.clone(), None).unwrap(),
            source(&beside)
        );
        fs::create_dir(folder.path().join("tables")).unwrap();
        fs::write(&inside, "b").unwrap();
        assert_eq!(locate(&recipe, wanted, None).unwrap(), source(&inside));
        let gone = source(Path::new("/nowhere/loan.csv"));
        assert_eq!(locate(&recipe, gone, None).unwrap(), source(&beside));
    }

    #[test]
    fn only_the_data_of_the_digest_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let recipe = folder.path().join("recipe.json");
        let beside = folder.path().join("loan.csv");
        let elsewhere = folder.path().join("else.csv");
        fs::write(&beside, "others").unwrap();
        fs::write(&elsewhere, "mine").unwrap();
        let digest = source(&elsewhere).digest().unwrap();
        let wanted = source(&beside);
        let refused = locate(&recipe, wanted.clone(), Some(&digest)).unwrap_err();
        assert!(matches!(&refused, RecipeError::Changed(path) if *path == beside));
        fs::copy(&elsewhere, &beside).unwrap();
        assert_eq!(
            locate(&recipe, wanted.clone(), Some(&digest)).unwrap(),
            wanted
        );
    }

    #[test]
    fn a_formula_has_no_place() {
        let moon = Source::named("moon").unwrap();
        assert_eq!(
            locate(Path::new("r.json"), moon.clone(), Some("")).unwrap(),
            moon
        );
    }
}
