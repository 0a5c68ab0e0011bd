//! People: profiles, relations, followers, invitations, and what a person publishes.
//!
//! These calls are relayed to the network each time: make them rarely. A person's id holds for the asking account only.

mod linkedin;
mod network;
mod profile;
#[cfg(test)]
mod tests;

use super::client::Client;
use super::error::Result;
use super::fields::Decode;
use super::operations::users as rows;
use super::page::{Page, Paging};
use super::request::{Json, Request, Upload};
use super::words::{Spelled as _, words};
use crate::model::account::{LinkedinProduct, Provider};
use crate::model::id::{AccountId, FilterId, Identifier, InvitationId, ProviderId};
use crate::model::network::{
    Follower, Invitation, InvitationAnswer, InvitationOutcome, InvitationSecret, Relation,
    SentInvitation,
};
use crate::model::post::{Comment, Post, PostReaction};
use crate::model::profile::{OwnProfile, Profile};

/// Stands for the owner of the asking account in the place of a person.
const ME: &str = "me";

/// How to read a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadProfile {
    /// Parts of a LinkedIn profile to fetch besides the basic ones; each costs LinkedIn another request.
    pub sections: Vec<Section>,
    /// Which LinkedIn product to ask; the id in the answer belongs to it.
    pub product: Option<LinkedinProduct>,
    /// Whether the person is to see the visit; not when absent.
    pub notify: Option<bool>,
}

/// A part of a LinkedIn profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    All,
    /// All, but only the first entries of each.
    AllPreview,
    About,
    Experience,
    Education,
    Languages,
    Skills,
    Certifications,
    /// Another one by its LinkedIn name, such as `experience_preview`.
    Other(String),
}

words! {
    Section {
        "*" => All,
        "*_preview" => AllPreview,
        "about" => About,
        "experience" => Experience,
        "education" => Education,
        "languages" => Languages,
        "skills" => Skills,
        "certifications" => Certifications,
    }
}

/// What to change in the own profile. WhatsApp takes headline, summary and picture only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditProfile {
    pub headline: Option<String>,
    pub summary: Option<String>,
    pub picture: Option<Upload>,
    pub picture_filter: Option<String>,
    pub location: Option<FilterId>,
    pub skills: Vec<String>,
    /// Further fields under their names on the wire, such as `experience[title]`; LinkedIn's list is not documented.
    pub more: Vec<(String, String)>,
}

/// Which relations to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListRelations {
    /// Only those whose name holds this.
    pub filter: Option<String>,
    /// Up to 1000 at once.
    pub paging: Paging,
}

/// Whose followers, or followed people, to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFollowers {
    /// Somebody else than the account's owner.
    pub of: Option<ProviderId>,
    pub paging: Paging,
}

/// What to write to somebody who is invited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendInvitation {
    /// Up to 300 characters, 200 on free LinkedIn accounts.
    pub message: Option<String>,
    /// The person's mail address, on which LinkedIn sometimes insists.
    pub email: Option<String>,
}

/// How to answer a received invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleInvitation {
    pub provider: Provider,
    pub answer: InvitationAnswer,
    /// From the invitation; LinkedIn wants it.
    pub secret: Option<InvitationSecret>,
}

/// Which posts of a person or a company to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListUserPosts {
    /// Whether the identifier names a company.
    pub is_company: Option<bool>,
    pub paging: Paging,
}

impl Client {
    /// Reads the profile of the account's owner.
    pub async fn get_own_profile(&self, account: &AccountId) -> Result<OwnProfile> {
        self.one(&Request::to(&rows::GET_OWN_PROFILE).query("account_id", account))
            .await
    }

    /// Changes the profile of the account's owner.
    pub async fn edit_own_profile(
        &self,
        account: &AccountId,
        provider: &Provider,
        edit: &EditProfile,
    ) -> Result<()> {
        let mut request = Request::to(&rows::EDIT_OWN_PROFILE)
            .field("type", provider)
            .field("account_id", account)
            .field("headline", edit.headline.as_ref())
            .field("summary", edit.summary.as_ref())
            .field("location[id]", edit.location.as_ref())
            .field("picture_settings[filter]", edit.picture_filter.as_ref())
            .fields("experience[skills]", &edit.skills);
        for (name, value) in &edit.more {
            request = request.field(name, value);
        }
        self.done(&request.file("picture", edit.picture.clone()))
            .await
    }

    /// Reads the profile of a person, by provider id or public name.
    pub async fn get_user_profile(
        &self,
        account: &AccountId,
        person: &Identifier,
        params: &ReadProfile,
    ) -> Result<Profile> {
        let sections: Vec<_> = params.sections.iter().map(Section::to_word).collect();
        let sections = (!sections.is_empty()).then(|| sections.join(","));
        let request = Request::to(&rows::GET_USER_PROFILE)
            .path("identifier", person)
            .query("account_id", account)
            .query("linkedin_sections", sections)
            .query("linkedin_api", params.product.as_ref())
            .query("notify", params.notify);
        self.one(&request).await
    }

    /// Lists the people the account is connected with.
    pub async fn list_relations(
        &self,
        account: &AccountId,
        params: &ListRelations,
    ) -> Result<Page<Relation>> {
        let request = Request::to(&rows::LIST_RELATIONS)
            .query("filter", params.filter.as_ref())
            .page(&params.paging)
            .query("account_id", account);
        self.page(&request).await
    }

    /// Lists those who follow the owner or somebody else.
    pub async fn list_followers(
        &self,
        account: &AccountId,
        params: &ListFollowers,
    ) -> Result<Page<Follower>> {
        self.page(&params.ask(Request::to(&rows::LIST_FOLLOWERS), account))
            .await
    }

    /// Lists those whom the owner or somebody else follows.
    pub async fn list_following(
        &self,
        account: &AccountId,
        params: &ListFollowers,
    ) -> Result<Page<Follower>> {
        self.page(&params.ask(Request::to(&rows::LIST_FOLLOWING), account))
            .await
    }

    /// Lists the pending invitations that the account has sent.
    pub async fn list_invitations_sent(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<Invitation>> {
        self.page(&Request::list(
            &rows::LIST_INVITATIONS_SENT,
            account,
            paging,
        ))
        .await
    }

    /// Lists the pending invitations that the account has received.
    pub async fn list_invitations_received(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<Invitation>> {
        self.page(&Request::list(
            &rows::LIST_INVITATIONS_RECEIVED,
            account,
            paging,
        ))
        .await
    }

    /// Invites a person to connect; `to` is the id that this account sees, not the public one.
    pub async fn send_invitation(
        &self,
        account: &AccountId,
        to: &ProviderId,
        params: &SendInvitation,
    ) -> Result<SentInvitation> {
        let request = Request::to(&rows::SEND_INVITATION)
            .json("account_id", account.as_str())
            .json("provider_id", to.as_str())
            .json("message", Json::maybe(params.message.as_deref()))
            .json("user_email", Json::maybe(params.email.as_deref()));
        self.one(&request).await
    }

    /// Accepts or declines a received invitation.
    pub async fn handle_invitation(
        &self,
        account: &AccountId,
        invitation: &InvitationId,
        params: &HandleInvitation,
    ) -> Result<InvitationOutcome> {
        let secret = params.secret.as_ref().map(InvitationSecret::reveal);
        let request = Request::to(&rows::HANDLE_INVITATION)
            .path("invitation_id", invitation)
            .json("provider", &params.provider)
            .json("account_id", account.as_str())
            .json("action", &params.answer)
            .json("shared_secret", Json::maybe(secret));
        self.one(&request).await
    }

    /// Takes back a pending invitation.
    pub async fn cancel_invitation(
        &self,
        account: &AccountId,
        invitation: &InvitationId,
    ) -> Result<()> {
        let verified = Request::to(&rows::CANCEL_INVITATION)
            .path("invitation_id", invitation)
            .query("account_id", account);
        let other = cancel_invitation_seed_form(account, invitation);
        self.either(verified, other).await.map(drop)
    }

    /// Takes back a pending invitation, in the unconfirmed form.
    pub async fn cancel_invitation_seed_form(
        &self,
        account: &AccountId,
        invitation: &InvitationId,
    ) -> Result<()> {
        self.done(&cancel_invitation_seed_form(account, invitation))
            .await
    }

    /// Lists the posts of a person or a company.
    ///
    /// The other documented form of this call names nobody and lists the owner's own posts. It is therefore only tried
    /// when `whose` is `me`; anybody else who is not found stays not found. The same goes for comments and reactions.
    pub async fn list_user_posts(
        &self,
        account: &AccountId,
        whose: &Identifier,
        params: &ListUserPosts,
    ) -> Result<Page<Post>> {
        let verified = Request::to(&rows::LIST_USER_POSTS)
            .path("identifier", whose)
            .query("is_company", params.is_company)
            .page(&params.paging)
            .query("account_id", account);
        let own = Request::list(&rows::LIST_POSTS_SEED_FORM, account, &params.paging);
        self.persons(whose, verified, own).await
    }

    /// Lists the comments that a person has written.
    pub async fn list_user_comments(
        &self,
        account: &AccountId,
        whose: &Identifier,
        paging: &Paging,
    ) -> Result<Page<Comment>> {
        let verified =
            Request::list(&rows::LIST_USER_COMMENTS, account, paging).path("identifier", whose);
        let own = Request::list(&rows::LIST_COMMENTS_SEED_FORM, account, paging);
        self.persons(whose, verified, own).await
    }

    /// Lists the reactions that a person has given.
    pub async fn list_user_reactions(
        &self,
        account: &AccountId,
        whose: &Identifier,
        paging: &Paging,
    ) -> Result<Page<PostReaction>> {
        let verified =
            Request::list(&rows::LIST_USER_REACTIONS, account, paging).path("identifier", whose);
        let own = Request::list(&rows::LIST_REACTIONS_SEED_FORM, account, paging);
        self.persons(whose, verified, own).await
    }

    /// Lists the owner's own posts, in the unconfirmed form.
    pub async fn list_posts_seed_form(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<Post>> {
        self.page(&Request::list(&rows::LIST_POSTS_SEED_FORM, account, paging))
            .await
    }

    /// Lists the owner's own comments, in the unconfirmed form.
    pub async fn list_comments_seed_form(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<Comment>> {
        self.page(&Request::list(
            &rows::LIST_COMMENTS_SEED_FORM,
            account,
            paging,
        ))
        .await
    }

    /// Lists the owner's own reactions, in the unconfirmed form.
    pub async fn list_reactions_seed_form(
        &self,
        account: &AccountId,
        paging: &Paging,
    ) -> Result<Page<PostReaction>> {
        self.page(&Request::list(
            &rows::LIST_REACTIONS_SEED_FORM,
            account,
            paging,
        ))
        .await
    }

    /// Asks for a list of somebody, and for the owner's own list where it means the same and a server knows only that.
    async fn persons<T: Decode>(
        &self,
        whose: &Identifier,
        verified: Request,
        own: Request,
    ) -> Result<Page<T>> {
        if whose.as_str() == ME {
            self.either_page(verified, own).await
        } else {
            self.page(&verified).await
        }
    }
}

impl ListFollowers {
    fn ask(&self, request: Request, account: &AccountId) -> Request {
        request
            .query("user_id", self.of.as_ref())
            .page(&self.paging)
            .query("account_id", account)
    }
}

fn cancel_invitation_seed_form(account: &AccountId, invitation: &InvitationId) -> Request {
    Request::to(&rows::CANCEL_INVITATION_SEED_FORM)
        .json("account_id", account.as_str())
        .json("invitation_id", invitation.as_str())
}
