//! The parts of a LinkedIn profile that are told only when asked for.

use serde_json::{Map, Value, json};

use crate::demo::ask::Ask;
use crate::demo::rng::{hash, mix};
use crate::demo::world::person::{Person, School, Stage};
use crate::demo::world::{ME, World};

/// Names of the sections and how to make them: field of the profile and its value.
type Section = (
    &'static str,
    &'static str,
    fn(&World, u32, &Person) -> Value,
);

const SECTIONS: &[Section] = &[
    ("about", "summary", |_, _, person| {
        person.about.trim().into()
    }),
    ("experience", "work_experience", |world, _, person| {
        list(&person.work, |stage| experience(world, stage))
    }),
    ("education", "education", |_, _, person| {
        list(&person.education, school)
    }),
    ("skills", "skills", skills),
    ("languages", "languages", |_, _, person| languages(person)),
    ("certifications", "certifications", |_, _, person| {
        certifications(person)
    }),
    (
        "volunteering_experience",
        "volunteering_experience",
        |_, _, person| volunteering(person),
    ),
];

/// Adds the sections that a request asks for. When it asks for all, LinkedIn now and then holds one back; asked for by
/// its name it comes.
pub(super) fn add(
    world: &World,
    ask: &Ask,
    at: u32,
    person: &Person,
    out: &mut Map<String, Value>,
) {
    let wanted: Vec<&str> = ask
        .query
        .iter()
        .filter(|(name, _)| name.trim_end_matches("[]") == "linkedin_sections")
        .flat_map(|(_, value)| value.split(','))
        .map(str::trim)
        .collect();
    let all = wanted.contains(&"*");
    let preview = wanted.contains(&"*_preview");
    let held_back = match mix(person.number(), 31) % 9 {
        0 if at != ME && all => "skills",
        1 if at != ME && all => "experience",
        _ => "",
    };
    for (name, field, make) in SECTIONS {
        let by_name = wanted.contains(name);
        let short =
            !by_name && !all && (preview || wanted.contains(&format!("{name}_preview").as_str()));
        if !(by_name || all || short) {
            continue;
        }
        if *name == held_back && !by_name {
            out.insert("throttled_sections".into(), json!([name]));
            continue;
        }
        let mut value = make(world, at, person);
        if let Some(items) = value.as_array_mut().filter(|_| short) {
            items.truncate(2);
        }
        out.insert((*field).into(), value);
    }
}

fn list<T>(items: &[T], wire: impl FnMut(&T) -> Value) -> Value {
    Value::Array(items.iter().map(wire).collect())
}

/// `2021-03` as LinkedIn's free form, `3/1/2021`.
fn day(text: &str) -> String {
    match text.split_once('-') {
        Some((year, month)) => format!("{}/1/{year}", month.trim_start_matches('0')),
        None => format!("1/1/{text}"),
    }
}

fn experience(world: &World, stage: &Stage) -> Value {
    let mut out = json!({
        "position": stage.title,
        "company": stage.company,
        "current": stage.to.is_none(),
        "skills": [],
        "start": day(&stage.from),
        "end": stage.to.as_deref().map(day),
    });
    if let Some(fields) = out.as_object_mut() {
        if let Some(company) = world.docs.companies.named(&stage.company) {
            fields.insert("company_id".into(), company.id.as_str().into());
        }
        for (name, text) in [
            ("location", &stage.location),
            ("description", &stage.description),
        ] {
            if let Some(text) = text {
                fields.insert(name.into(), text.as_str().into());
            }
        }
    }
    out
}

fn school(school: &School) -> Value {
    let mut out = json!({
        "school": school.school,
        "start": school.from.as_deref().map(day),
        "end": school.to.as_deref().map(day),
    });
    if let Some(fields) = out.as_object_mut() {
        for (name, text) in [
            ("degree", &school.degree),
            ("field_of_study", &school.field),
        ] {
            if let Some(text) = text {
                fields.insert(name.into(), text.as_str().into());
            }
        }
    }
    out
}

/// Number under which a skill of somebody is endorsed.
pub(in crate::demo) fn endorsement_id(person: &Person, skill: &str) -> u64 {
    100 + mix(person.number(), hash(skill)) % 900_000
}

fn skills(world: &World, at: u32, person: &Person) -> Value {
    list(&person.skills, |skill| {
        let id = endorsement_id(person, skill);
        let own = world.docs.circle.endorsed.contains(&(at, id));
        let count = mix(id, 81) % 60 + u64::from(own);
        json!({"name": skill, "endorsement_count": count, "endorsement_id": id})
    })
}

fn languages(person: &Person) -> Value {
    let levels = [
        "NATIVE_OR_BILINGUAL",
        "FULL_PROFESSIONAL",
        "PROFESSIONAL_WORKING",
        "ELEMENTARY",
    ];
    let levels = levels.iter().chain(std::iter::repeat(&"ELEMENTARY"));
    let items = person.languages.iter().zip(levels);
    Value::Array(
        items
            .map(|(name, level)| json!({"name": name, "proficiency": level}))
            .collect(),
    )
}

fn certifications(person: &Person) -> Value {
    let names = [
        "Certified Restorer of Backups",
        "Advanced Whiteboarding",
        "First Aid at Work",
        "Boat Licence, inland waters",
    ];
    let n = usize::try_from(mix(person.number(), 82) % 12).unwrap_or(0);
    let found = names.get(n).map(|name| {
        json!({"name": name, "organization": "Institut des Deux Fleuves", "url": "https://deux-fleuves.example/proof"})
    });
    Value::Array(found.into_iter().collect())
}

fn volunteering(person: &Person) -> Value {
    if !mix(person.number(), 83).is_multiple_of(5) {
        return json!([]);
    }
    json!([{
        "company": "Repair café",
        "role": "Mender of toasters",
        "cause": "ENVIRONMENT",
        "description": "One Saturday a month.",
        "start": "1/1/2022",
        "end": null,
    }])
}
