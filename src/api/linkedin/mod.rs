//! LinkedIn only: companies, search, hiring, and whatever else its own API offers.
//!
//! Each call is relayed to LinkedIn, which counts them: make them rarely. The paid products see other ids of a person
//! than the classic site; read the profile through the product first.

mod decode;
mod hiring;
mod jobs;
mod search;
#[cfg(test)]
mod tests;

pub use hiring::ListJobApplicants;
pub use jobs::{
    CreateJobPosting, EditJobPosting, JobExtras, ListJobPostings, PublishJobPosting, Wording,
};
pub use search::{Category, Filter, ListFilterValues, PostedWithin, Search, SearchOrder, Span};

use super::client::Client;
use super::error::Result;
use super::json_text::JsonText;
use super::operations::linkedin as rows;
use super::request::{Json, Request};
use super::words::{Spelled as _, words};
use crate::model::account::LinkedinProduct;
use crate::model::company::Company;
use crate::model::id::{AccountId, Identifier, ProviderId};
use crate::model::network::InmailBalance;
use decode::Endorsed;

/// A call of LinkedIn's own API, made through the account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawCall {
    /// Where on linkedin.com.
    pub url: String,
    /// GET when absent.
    pub method: Option<RawMethod>,
    pub body: Option<JsonText>,
    /// An object.
    pub query: Option<JsonText>,
    /// An object.
    pub headers: Option<JsonText>,
    /// Whether the server is to percent-encode the address.
    pub encode: Option<bool>,
}

/// HTTP method of a raw call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Other(String),
}

words! {
    RawMethod {
        "GET" => Get,
        "POST" => Post,
        "PUT" => Put,
        "PATCH" => Patch,
        "DELETE" => Delete,
    }
}

/// Whatever LinkedIn has answered, as JSON text. It is as LinkedIn sent it: clean it before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer(pub String);

impl Client {
    /// Reads the profile of a company, by id or public name.
    pub async fn get_company_profile(
        &self,
        account: &AccountId,
        company: &Identifier,
    ) -> Result<Company> {
        let request = Request::to(&rows::GET_COMPANY_PROFILE)
            .path("identifier", company)
            .query("account_id", account);
        self.one(&request).await
    }

    /// Calls any endpoint of LinkedIn through the account.
    pub async fn get_raw_data(&self, account: &AccountId, call: &RawCall) -> Result<RawAnswer> {
        let request = Request::to(&rows::GET_RAW_DATA)
            .query("account_id", account)
            .json("account_id", account.as_str())
            .json("request_url", call.url.as_str())
            .json("method", Json::maybe(call.method.as_ref()))
            .json("body", Json::maybe(call.body.as_ref()))
            .json("query_params", Json::maybe(call.query.as_ref()))
            .json("headers", Json::maybe(call.headers.as_ref()))
            .json("encoding", Json::maybe(call.encode));
        let answer = self.value(&request).await?;
        Ok(RawAnswer(answer.to_string()))
    }

    /// Tells how many InMail credits are left.
    pub async fn get_inmail_balance(&self, account: &AccountId) -> Result<InmailBalance> {
        self.one(&Request::to(&rows::GET_INMAIL_BALANCE).query("account_id", account))
            .await
    }

    /// Endorses a skill of a person and tells whether it took; both ids come from the person's profile.
    pub async fn endorse_skill(
        &self,
        account: &AccountId,
        person: &ProviderId,
        endorsement_id: i64,
    ) -> Result<bool> {
        let request = Request::to(&rows::ENDORSE_SKILL)
            .json("account_id", account.as_str())
            .json("profile_id", person.as_str())
            .json("skill_endorsement_id", endorsement_id);
        let Endorsed(endorsed) = self.one(&request).await?;
        Ok(endorsed)
    }
}

/// The product as the `service` parameter writes it: in capitals, unlike everywhere else.
fn service(product: Option<&LinkedinProduct>) -> Option<String> {
    product.map(|product| product.to_word().to_ascii_uppercase())
}
