//! Companies, read from `assets/demo/companies.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::network::Circle;
use crate::demo::assets::COMPANIES;
use crate::demo::rng::hash;
use crate::demo::seed::BadText;

/// All companies, by the name used in the texts of the world.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::demo) struct Companies(pub(in crate::demo) BTreeMap<String, Company>);

/// One company.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::demo) struct Company {
    /// Number at LinkedIn, the same as in the search parameters.
    #[serde(default)]
    pub(in crate::demo) id: String,
    /// Public identifier.
    #[serde(default)]
    pub(in crate::demo) slug: String,
    pub(in crate::demo) name: String,
    pub(in crate::demo) tagline: String,
    pub(in crate::demo) description: String,
    pub(in crate::demo) industry: Vec<String>,
    pub(in crate::demo) activities: Vec<String>,
    pub(in crate::demo) employees: u64,
    pub(in crate::demo) followers: u64,
    pub(in crate::demo) founded: String,
    pub(in crate::demo) website: String,
    pub(in crate::demo) city: String,
    pub(in crate::demo) country: String,
    #[serde(rename = "type")]
    pub(in crate::demo) kind: String,
    pub(in crate::demo) following: bool,
}

impl Companies {
    pub(super) fn load(circle: &Circle) -> Result<Self, BadText> {
        let mut all: BTreeMap<String, Company> =
            toml::from_str(COMPANIES).map_err(|error| BadText::new("companies.toml", "", error))?;
        let known = circle
            .parameters
            .get("COMPANY")
            .map(Vec::as_slice)
            .unwrap_or_default();
        for (key, company) in &mut all {
            let listed = known.iter().find(|item| item.title == company.name);
            company.id = listed.map_or_else(
                || (720_000 + hash(key) % 9_999).to_string(),
                |item| item.id.clone(),
            );
            company.slug.clone_from(key);
        }
        Ok(Self(all))
    }

    /// Finds a company by number, public identifier, URN or messaging id.
    pub(in crate::demo) fn find(&self, identifier: &str) -> Option<&Company> {
        let bare = identifier.rsplit(':').next().unwrap_or(identifier);
        self.0
            .values()
            .find(|company| company.id == bare || company.slug == bare)
    }

    pub(in crate::demo) fn named(&self, name: &str) -> Option<&Company> {
        self.0.values().find(|company| company.name == name)
    }
}

impl Company {
    pub(in crate::demo) fn url(&self) -> String {
        format!("https://linkedin.example/company/{}", self.slug)
    }

    /// Whether its page can be written to.
    pub(in crate::demo) fn takes_messages(&self) -> bool {
        self.employees < 5000
    }

    pub(in crate::demo) fn logo(&self) -> String {
        format!("https://pictures.example/logos/{}.png", self.slug)
    }

    /// `Lyon, France`, as far as the country's letters are known.
    pub(in crate::demo) fn place(&self) -> String {
        format!("{}, {}", self.city, country(&self.country))
    }
}

/// The English name of a country.
fn country(code: &str) -> &str {
    match code {
        "FR" => "France",
        "PL" => "Poland",
        "NL" => "Netherlands",
        "JP" => "Japan",
        "IT" => "Italy",
        "NO" => "Norway",
        "IN" => "India",
        "CN" => "China",
        "GB" => "United Kingdom",
        "AT" => "Austria",
        "KR" => "South Korea",
        "BR" => "Brazil",
        "ES" => "Spain",
        "NG" => "Nigeria",
        "KE" => "Kenya",
        other => other,
    }
}
