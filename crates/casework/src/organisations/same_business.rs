//! Whether a business described from outside is one the register holds, under whatever spelling.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Organisation, store};
use crate::{
    applications::SameBusiness,
    desk::Desk,
    identifiers::{name_key, same_key},
    problem::Problem,
};

/// How the business is described.
pub(crate) struct Described<'a> {
    pub name: &'a str,
    pub company_number: Option<&'a str>,
    pub postcode: Option<&'a str>,
}

/// What speaks for two being the same, weighed.
struct Likeness {
    points: u32,
    because: Vec<String>,
    conflict: bool,
}

/// At this weight the two are taken as the same unless the officer says otherwise.
const TAKEN: u32 = 4;
/// At this weight they are offered as perhaps the same.
const OFFERED: u32 = 2;
/// Names this alike (Jaro-Winkler) count as close.
const CLOSE: f64 = 0.92;

/// The organisation held that the described business most likely is.
pub(crate) fn find(desk: &Desk, described: &Described) -> Result<Option<SameBusiness>, Problem> {
    let key = name_key(described.name);
    let candidates =
        store::candidates(desk.reader(), "business", described.company_number, &key, described.postcode)?;
    let best = candidates
        .into_iter()
        .map(|(held, held_key)| {
            let likeness = compare(described, &key, &held, &held_key);
            (held, likeness)
        })
        .filter(|(_, likeness)| likeness.points >= OFFERED)
        .max_by_key(|(_, likeness)| likeness.points);
    Ok(best.map(|(held, likeness)| SameBusiness {
        id: held.id,
        name: held.name,
        town: held.town,
        postcode: held.postcode,
        company_number: held.company_number,
        accepted: likeness.points >= TAKEN && !likeness.conflict,
        because: likeness.because,
    }))
}

fn compare(described: &Described, key: &str, held: &Organisation, held_key: &str) -> Likeness {
    let mut likeness = Likeness { points: 0, because: Vec::new(), conflict: false };
    let mut speak = |points, because: &str| {
        likeness.points += points;
        likeness.because.push(because.to_owned());
    };
    let names_same = same_key(key, held_key);
    let names_close = !names_same && strsim::jaro_winkler(key, held_key) >= CLOSE;
    match (described.company_number, held.company_number.as_deref()) {
        (Some(one), Some(other)) if one == other => speak(3, "the same company number"),
        (Some(_), Some(_)) => likeness.conflict = true,
        _ => {}
    }
    let mut speak = |points, because: &str| {
        likeness.points += points;
        likeness.because.push(because.to_owned());
    };
    if names_same {
        speak(2, "the same name");
    } else if names_close {
        speak(1, "nearly the same name");
    }
    if described.postcode.is_some() && described.postcode == held.postcode.as_deref() {
        speak(if names_same || names_close { 2 } else { 1 }, "the same postcode");
    }
    // One number under two quite different names is a mistake on one side; a person must say on which.
    let number_alone = likeness.because.first().is_some_and(|first| first == "the same company number")
        && !names_same
        && !names_close;
    likeness.conflict |= number_alone;
    if number_alone {
        likeness.because.push("but another name".to_owned());
    }
    likeness
}

/// The knowledge providers by their names, looked up once for a whole file.
#[derive(Debug)]
pub(crate) struct Providers {
    /// None where two have the same name: nobody but the officer can tell which.
    by_key: HashMap<String, Option<Uuid>>,
}

impl Providers {
    pub(crate) fn of(desk: &Desk) -> Result<Providers, Problem> {
        let mut by_key = HashMap::new();
        for (id, name) in store::providers(desk.reader())? {
            by_key.entry(provider_key(&name)).and_modify(|held| *held = None).or_insert(Some(id));
        }
        Ok(Providers { by_key })
    }

    /// The provider a text names: by its name, or by a short form of it (“aston uni”).
    pub(crate) fn named(&self, text: &str) -> Option<Uuid> {
        let key = provider_key(text);
        self.by_key.get(&key).copied().flatten().filter(|_| !key.is_empty())
    }
}

fn provider_key(name: &str) -> String {
    let mut words: Vec<String> = name_key(name)
        .split(' ')
        .filter(|word| !matches!(*word, "of" | "the"))
        .map(|word| if word == "uni" { "university".to_owned() } else { word.to_owned() })
        .collect();
    words.sort_unstable();
    words.join(" ")
}
