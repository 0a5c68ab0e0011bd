//! People: profiles, relations, followers, invitations, and what they publish.

use std::time::Duration;

use onebox::api::linkedin::ListFilterValues;
use onebox::api::operation::Area;
use onebox::api::users::{
    EditProfile, HandleInvitation, ListFollowers, ListRelations, ListUserPosts, ReadProfile,
    Section, SendInvitation,
};
use onebox::api::{Paging, Upload};
use onebox::model::account::{LinkedinProduct, Provider};
use onebox::model::company::FilterKind;
use onebox::model::id::{AccountId, Identifier, InvitationId, ProviderId};
use onebox::model::network::{InvitationAnswer, InvitationOutcome, InvitationSecret};
use onebox::model::profile::{OwnProfile, Profile};

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn users_keep_to_the_contract() {
    let scene = Scene::open().await;
    the_owner_is_shown_and_edited(&scene).await;
    people_are_shown_as_each_network_knows_them(&scene).await;
    relations_and_followers_are_listed(&scene).await;
    an_invitation_is_sent_and_withdrawn(&scene).await;
    an_invitation_is_answered(&scene).await;
    what_people_publish_is_listed(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    scene.end(Area::Users).await;
}

async fn the_owner_is_shown_and_edited(scene: &Scene) {
    let client = &scene.client;
    let linkedin = scene.account(Provider::Linkedin).await;
    for provider in [
        Provider::Whatsapp,
        Provider::Telegram,
        Provider::Twitter,
        Provider::Google,
        Provider::Outlook,
        Provider::Imap,
    ] {
        let account = scene.account(provider.clone()).await;
        let profile = client.get_own_profile(&account).await.unwrap();
        assert!(!matches!(profile, OwnProfile::Other { .. }), "{provider:?}");
    }
    let params = ListFilterValues {
        kind: FilterKind::Location,
        keywords: None,
        product: Some(LinkedinProduct::Classic),
        limit: Some(5),
    };
    let places = client.list_search_parameters(&linkedin, &params).await;
    let edit = EditProfile {
        headline: Some("Makes inboxes quiet".into()),
        summary: Some("And terminals loud.".into()),
        picture: Some(Upload::from_bytes("me.png", *b"\x89PNG")),
        picture_filter: Some("original".into()),
        location: Some(some(places.unwrap()).remove(0).id),
        skills: vec!["Rust".into(), "Listening".into()],
        more: vec![("custom[field]".into(), "x".into())],
    };
    let done = client.edit_own_profile(&linkedin, &Provider::Linkedin, &edit);
    done.await.unwrap();
    let OwnProfile::Linkedin(owner) = client.get_own_profile(&linkedin).await.unwrap() else {
        panic!("not of LinkedIn");
    };
    assert_eq!(owner.headline, edit.headline);
    let motto = EditProfile {
        headline: Some("At the sea".into()),
        ..EditProfile::default()
    };
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let done = client.edit_own_profile(&whatsapp, &Provider::Whatsapp, &motto);
    done.await.unwrap();
}

async fn people_are_shown_as_each_network_knows_them(scene: &Scene) {
    let client = &scene.client;
    for provider in [
        Provider::Linkedin,
        Provider::Whatsapp,
        Provider::Telegram,
        Provider::Twitter,
    ] {
        let account = scene.account(provider.clone()).await;
        let params = onebox::api::messaging::ListAttendees {
            account_id: Some(account.clone()),
            paging: limit(20),
        };
        let people = some(client.list_attendees(&params).await.unwrap());
        for person in people.iter().filter(|one| !one.is_self).take(6) {
            let id = Identifier::from(person.provider_id.as_str());
            let read = ReadProfile {
                sections: vec![Section::All, Section::Experience],
                notify: Some(true),
                ..ReadProfile::default()
            };
            let profile = client.get_user_profile(&account, &id, &read).await.unwrap();
            assert!(!matches!(profile, Profile::Other { .. }), "{provider:?}");
        }
    }
    let account = scene.account(Provider::Linkedin).await;
    let all = ListRelations::default();
    let relations = client.list_relations(&account, &all).await;
    let person = some(relations.unwrap()).remove(0);
    let read = ReadProfile {
        sections: vec![Section::AllPreview],
        product: Some(LinkedinProduct::Recruiter),
        notify: None,
    };
    let id = person.public_id.unwrap();
    client.get_user_profile(&account, &id, &read).await.unwrap();
    let nothing_more = ReadProfile::default();
    let plain = client.get_user_profile(&account, &id, &nothing_more).await;
    let Profile::Linkedin(plain) = plain.unwrap() else {
        panic!("not of LinkedIn");
    };
    assert_eq!(plain.id, person.id);
    let seat = ReadProfile {
        product: Some(LinkedinProduct::SalesNavigator),
        ..read
    };
    refused(client.get_user_profile(&account, &id, &seat).await, 403);
}

async fn relations_and_followers_are_listed(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let all = ListRelations {
        paging: limit(5),
        filter: None,
    };
    let first = client.list_relations(&account, &all).await.unwrap();
    let rest = ListRelations {
        paging: after(first.cursor.clone(), 1000),
        filter: None,
    };
    let first = some(first);
    let rest = some(client.list_relations(&account, &rest).await.unwrap());
    assert!(rest.iter().all(|one| !first.contains(one)));
    let by_name = ListRelations {
        filter: Some(first[0].first_name.clone()),
        ..all
    };
    let found = some(client.list_relations(&account, &by_name).await.unwrap());
    assert!(found.contains(&first[0]));
    let own = ListFollowers {
        paging: limit(4),
        of: None,
    };
    let others = ListFollowers {
        of: Some(first[0].id.clone()),
        ..ListFollowers::default()
    };
    for params in [&own, &others] {
        some(client.list_followers(&account, params).await.unwrap());
        some(client.list_following(&account, params).await.unwrap());
    }
}

async fn an_invitation_is_sent_and_withdrawn(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let waiting = client.list_invitations_sent(&account, &limit(2)).await;
    let waiting = waiting.unwrap();
    if waiting.cursor.is_some() {
        let next = after(waiting.cursor.clone(), 2);
        some(client.list_invitations_sent(&account, &next).await.unwrap());
    }
    // Somebody farther away whom nobody has invited yet.
    let followers = ListFollowers {
        paging: limit(250),
        of: None,
    };
    let followers = some(client.list_followers(&account, &followers).await.unwrap());
    let note = SendInvitation {
        message: Some("We met at the harbour. – Ada ⚓".into()),
        email: None,
    };
    let mut sent = Vec::new();
    for person in followers {
        match client.send_invitation(&account, &person.id, &note).await {
            Ok(invitation) => sent.push(invitation.id),
            Err(error) => assert_eq!(error.status(), Some(422), "{error}"),
        }
        if sent.len() == 2 {
            break;
        }
    }
    let [first, second] = &sent[..] else {
        panic!("nobody to invite");
    };
    let listed = client.list_invitations_sent(&account, &limit(100)).await;
    let listed = some(listed.unwrap());
    assert!(sent.iter().all(|id| listed.iter().any(|one| one.id == *id)));
    client.cancel_invitation(&account, first).await.unwrap();
    let seed_form = client.cancel_invitation_seed_form(&account, second);
    seed_form.await.unwrap();
    refused(client.cancel_invitation(&account, first).await, 404);
    scene.stage.pass(Duration::from_secs(600));
}

async fn an_invitation_is_answered(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let paging = limit(100);
    let all = client.list_invitations_received(&account, &paging).await;
    let all = some(all.unwrap());
    for (invitation, answer, outcome) in [
        (
            &all[0],
            InvitationAnswer::Accept,
            InvitationOutcome::Accepted,
        ),
        (
            &all[1],
            InvitationAnswer::Decline,
            InvitationOutcome::Declined,
        ),
    ] {
        let params = HandleInvitation {
            provider: Provider::Linkedin,
            answer,
            secret: invitation.secret.clone(),
        };
        let done = client.handle_invitation(&account, &invitation.id, &params);
        assert_eq!(done.await.unwrap(), outcome);
    }
    let left = client.list_invitations_received(&account, &paging);
    assert_eq!(left.await.unwrap().items.len(), all.len() - 2);
}

async fn what_people_publish_is_listed(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let paging = limit(10);
    let all = ListRelations::default();
    let people = some(client.list_relations(&account, &all).await.unwrap());
    let (mut posts, mut comments, mut reactions) = (0, 0, 0);
    for person in people.iter().take(12) {
        let whose = Identifier::from(person.id.as_str());
        let params = ListUserPosts {
            is_company: Some(false),
            paging: paging.clone(),
        };
        let page = client.list_user_posts(&account, &whose, &params).await;
        posts += page.unwrap().items.len();
        let page = client.list_user_comments(&account, &whose, &paging).await;
        comments += page.unwrap().items.len();
        let page = client.list_user_reactions(&account, &whose, &paging);
        reactions += page.await.unwrap().items.len();
    }
    assert!(posts > 0 && comments > 0 && reactions > 0);
    let company = ListUserPosts {
        is_company: Some(true),
        paging: Paging::default(),
    };
    let nuvem = Identifier::from("nuvem");
    let page = client.list_user_posts(&account, &nuvem, &company).await;
    some(page.unwrap());
    some(
        client
            .list_posts_seed_form(&account, &paging)
            .await
            .unwrap(),
    );
    some(
        client
            .list_comments_seed_form(&account, &paging)
            .await
            .unwrap(),
    );
    some(
        client
            .list_reactions_seed_form(&account, &paging)
            .await
            .unwrap(),
    );
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let instagram = scene.account(Provider::Instagram).await;
    let nobody = AccountId::from("nobody");
    let person = Identifier::from("no/such person");
    let (paging, posts) = (Paging::default(), ListUserPosts::default());
    refused(client.get_own_profile(&nobody).await, 404);
    refused(client.get_own_profile(&instagram).await, 401);
    let edit = EditProfile {
        headline: Some("x".repeat(300)),
        ..EditProfile::default()
    };
    let edited = client.edit_own_profile(&account, &Provider::Linkedin, &edit);
    refused(edited.await, 400);
    let read = ReadProfile::default();
    refused(client.get_user_profile(&account, &person, &read).await, 422);
    let relations = ListRelations::default();
    refused(client.list_relations(&nobody, &relations).await, 404);
    let followers = ListFollowers::default();
    refused(client.list_followers(&nobody, &followers).await, 404);
    refused(client.list_following(&nobody, &followers).await, 404);
    refused(client.list_invitations_sent(&nobody, &paging).await, 404);
    refused(
        client.list_invitations_received(&nobody, &paging).await,
        404,
    );
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let id = ProviderId::from("ACoAA-nobody");
    let note = SendInvitation::default();
    refused(client.send_invitation(&account, &id, &note).await, 422);
    refused(client.send_invitation(&whatsapp, &id, &note).await, 501);
    let id = InvitationId::from("no/such");
    let accept = HandleInvitation {
        provider: Provider::Linkedin,
        answer: InvitationAnswer::Accept,
        secret: Some(InvitationSecret::new("hush")),
    };
    refused(client.handle_invitation(&account, &id, &accept).await, 404);
    refused(client.cancel_invitation(&account, &id).await, 404);
    let seed_form = client.cancel_invitation_seed_form(&account, &id);
    refused(seed_form.await, 404);
    refused(client.list_user_posts(&account, &person, &posts).await, 422);
    refused(
        client.list_user_comments(&account, &person, &paging).await,
        422,
    );
    refused(
        client.list_user_reactions(&account, &person, &paging).await,
        422,
    );
    refused(client.list_posts_seed_form(&nobody, &paging).await, 404);
    refused(client.list_comments_seed_form(&nobody, &paging).await, 404);
    refused(client.list_reactions_seed_form(&nobody, &paging).await, 404);
}
