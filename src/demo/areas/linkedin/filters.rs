//! Reads what a search asks for: words, ids from the parameters, or the address of a page of results.

use serde_json::{Map, Value, json};

use super::not_subscribed;
use crate::demo::problem::Problem;
use crate::demo::world::World;

/// A request as it was sent, or as the address in it says.
#[derive(Debug, Clone)]
pub(super) struct Wanted(Map<String, Value>);

impl Wanted {
    /// Takes the request apart as far as all searches share it.
    pub(super) fn read(fields: Map<String, Value>) -> Result<Self, Problem> {
        let mut wanted = Self(fields);
        if let Some(url) = wanted.text("url")? {
            wanted = Self::of_url(&url)?;
        }
        let product = wanted.text("api")?.ok_or_else(|| Problem::missing("api"))?;
        let category = wanted.category()?;
        match (product.as_str(), category.as_str()) {
            ("sales_navigator", _) => Err(not_subscribed()),
            ("classic", "people" | "companies" | "posts" | "jobs") | ("recruiter", "people") => {
                Ok(wanted)
            }
            ("classic" | "recruiter", _) => Err(Problem::invalid(format!(
                "{product} has no category `{category}`."
            ))),
            _ => Err(Problem::invalid(
                "`api` must be classic, sales_navigator or recruiter.",
            )),
        }
    }

    /// What the address of a page of results asks for.
    fn of_url(url: &str) -> Result<Self, Problem> {
        let wrong = || {
            Problem::new(400, "invalid_url", "Invalid URL")
                .because("`url` must be the address of a LinkedIn search.")
        };
        let uri: axum::http::Uri = url.parse().map_err(|_| wrong())?;
        let host = uri.host().unwrap_or_default();
        if host != "linkedin.com" && !host.ends_with(".linkedin.com") {
            return Err(wrong());
        }
        let path = uri.path();
        let (product, category) = match path {
            path if path.starts_with("/sales/") => return Err(not_subscribed()),
            path if path.starts_with("/talent/") => ("recruiter", "people"),
            path if path.starts_with("/jobs/") => ("classic", "jobs"),
            path if path.starts_with("/search/results/companies") => ("classic", "companies"),
            path if path.starts_with("/search/results/content") => ("classic", "posts"),
            path if path.starts_with("/search/results/") => ("classic", "people"),
            _ => return Err(wrong()),
        };
        let mut fields = Map::new();
        fields.insert("api".into(), product.into());
        fields.insert("category".into(), category.into());
        let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
        for (name, value) in pairs.map_err(|_| wrong())?.0 {
            match name.as_str() {
                "keywords" => {
                    fields.insert("keywords".into(), value.into());
                }
                "network" => {
                    let steps: Vec<u8> = [('F', 1), ('S', 2), ('O', 3)]
                        .iter()
                        .filter(|(letter, _)| value.contains(*letter))
                        .map(|(_, step)| *step)
                        .collect();
                    fields.insert("network_distance".into(), json!(steps));
                }
                _ => {}
            }
        }
        Ok(Self(fields))
    }

    pub(super) fn category(&self) -> Result<String, Problem> {
        self.text("category")?
            .ok_or_else(|| Problem::missing("category"))
    }

    pub(super) fn is_recruiter(&self) -> bool {
        self.0.get("api").is_some_and(|api| api == "recruiter")
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(_) => Err(Problem::invalid(format!("`{name}` must be a text."))),
        }
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Plain values of a list, numbers as texts.
    pub(super) fn list(&self, name: &str) -> Result<Option<Vec<String>>, Problem> {
        self.field(name).map(|value| texts(name, value)).transpose()
    }

    /// The words of the search.
    pub(super) fn words(&self) -> Result<Words, Problem> {
        Ok(Words::read(&self.text("keywords")?.unwrap_or_default()))
    }

    /// A filter by ids: their titles among the parameters of a kind, wanted and not wanted.
    pub(super) fn titles(&self, world: &World, name: &str, kind: &str) -> Result<Titles, Problem> {
        let Some(value) = self.field(name) else {
            return Ok(Titles::default());
        };
        let known = world.docs.circle.parameters.get(kind);
        let named = |ids: Vec<String>| {
            let title = |id: &String| {
                known
                    .and_then(|items| items.iter().find(|item| item.id == *id))
                    .map_or_else(|| "\u{0}".to_owned(), |item| item.title.to_lowercase())
            };
            ids.iter().map(title).collect::<Vec<_>>()
        };
        let (wanted, unwanted) = match value {
            Value::Object(sides) => {
                let side = |key: &str| sides.get(key).map(|ids| texts(name, ids)).transpose();
                (side("include")?, side("exclude")?)
            }
            list => (Some(texts(name, list)?), None),
        };
        Ok(Titles {
            wanted: named(wanted.unwrap_or_default()),
            unwanted: named(unwanted.unwrap_or_default()),
        })
    }
}

fn texts(name: &str, value: &Value) -> Result<Vec<String>, Problem> {
    let wrong = || Problem::invalid(format!("`{name}` must be a list of ids."));
    let items = value.as_array().ok_or_else(wrong)?;
    items
        .iter()
        .map(|item| match item {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            // Recruiter writes `{id, priority}`.
            Value::Object(fields) => match fields.get("id") {
                Some(Value::String(text)) => Ok(text.clone()),
                Some(Value::Number(number)) => Ok(number.to_string()),
                _ => Err(wrong()),
            },
            _ => Err(wrong()),
        })
        .collect()
}

/// A filter by titles.
#[derive(Debug, Clone, Default)]
pub(super) struct Titles {
    wanted: Vec<String>,
    unwanted: Vec<String>,
}

impl Titles {
    /// Whether some of these texts are what is wanted, by a comparison of a lower-case text and a title.
    fn keeps<'a>(
        &self,
        texts: impl Iterator<Item = &'a str>,
        same: impl Fn(&str, &str) -> bool,
    ) -> bool {
        if self.wanted.is_empty() && self.unwanted.is_empty() {
            return true;
        }
        let texts: Vec<String> = texts.map(str::to_lowercase).collect();
        let any = |titles: &[String]| {
            titles
                .iter()
                .any(|title| texts.iter().any(|text| same(text, title)))
        };
        (self.wanted.is_empty() || any(&self.wanted)) && !any(&self.unwanted)
    }

    pub(super) fn keeps_same<'a>(&self, texts: impl Iterator<Item = &'a str>) -> bool {
        self.keeps(texts, |text, title| text == title)
    }

    pub(super) fn keeps_within<'a>(&self, texts: impl Iterator<Item = &'a str>) -> bool {
        self.keeps(texts, |text, title| text.contains(title))
    }

    /// Places are within each other: Lyon is in the Greater Lyon Area and in France.
    pub(super) fn keeps_place(&self, place: &str) -> bool {
        self.keeps([place].into_iter(), |text, title| {
            let town = title.split(',').next().unwrap_or(title);
            text.contains(
                town.trim_start_matches("greater ")
                    .trim_end_matches(" area"),
            )
        })
    }
}

/// Words joined as LinkedIn reads them: `OR` between alternatives, `NOT` before what must not be there.
#[derive(Debug, Clone)]
pub(super) struct Words(Vec<Vec<(bool, String)>>);

impl Words {
    fn read(text: &str) -> Self {
        let text = text.replace(['"', '(', ')'], " ");
        let alternative = |text: &str| {
            let mut wanted = true;
            let mut words = Vec::new();
            for word in text.split_whitespace() {
                match word {
                    "AND" => {}
                    "NOT" => wanted = false,
                    word => {
                        words.push((wanted, word.to_lowercase()));
                        wanted = true;
                    }
                }
            }
            words
        };
        Self(text.split(" OR ").map(alternative).collect())
    }

    pub(super) fn keeps(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().any(|words| {
            words
                .iter()
                .all(|(wanted, word)| text.contains(word.as_str()) == *wanted)
        })
    }
}
