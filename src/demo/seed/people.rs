//! Reads the people. A table in a later file fills in what an earlier one left open.

use std::collections::HashMap;

use super::BadText;
use crate::demo::assets::PEOPLE;
use crate::demo::world::person::Person;

/// All people; the owner comes first.
pub(super) fn load() -> Result<Vec<Person>, BadText> {
    let mut places: HashMap<String, usize> = HashMap::from([("me".to_owned(), 0)]);
    let mut tables = vec![toml::Table::new()];
    for (file, text) in PEOPLE {
        let file = format!("people/{file}");
        let all: toml::Table = text
            .parse()
            .map_err(|error| BadText::new(&file, "", error))?;
        for (key, value) in all {
            let toml::Value::Table(table) = value else {
                return Err(BadText::new(&file, key, "is not a table"));
            };
            let place = *places.entry(key).or_insert_with(|| {
                tables.push(toml::Table::new());
                tables.len() - 1
            });
            if let Some(known) = tables.get_mut(place) {
                known.extend(table);
            }
        }
    }
    let mut people = vec![Person::default(); tables.len()];
    for (key, place) in places {
        let table = tables
            .get_mut(place)
            .map(std::mem::take)
            .unwrap_or_default();
        let mut person: Person = table
            .try_into()
            .map_err(|error| BadText::new("people", &key, error))?;
        if person.name.is_empty() {
            return Err(BadText::new("people", key, "has no name"));
        }
        person.key = key;
        if let Some(slot) = people.get_mut(place) {
            *slot = person;
        }
    }
    Ok(people)
}
