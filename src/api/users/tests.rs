//! Profiles, relations and invitations against the contract.

use serde_json::json;

use super::*;
use crate::api::contract::{Server, every_field_counts, items, one, read};
use crate::api::operation::Area;
use crate::api::page::Cursor;
use crate::model::network::Distance;
use crate::model::profile::{
    InstagramProfile, LinkedinOwner, LinkedinProfile, OutlookOwner, Seat, SeatTrouble,
    TelegramProfile, TwitterProfile,
};

#[test]
fn the_examples_of_the_contract_are_read_without_a_flaw() {
    let Profile::Linkedin(jane) = one(&rows::GET_USER_PROFILE) else {
        panic!("not a LinkedIn profile");
    };
    assert_eq!(jane.first_name.as_deref(), Some("Jane"));
    assert_eq!(jane.distance, Some(Distance::First));
    assert_eq!(jane.education[0].start.as_deref(), Some("1/1/2004"));
    let OwnProfile::Linkedin(sam) = one(&rows::GET_OWN_PROFILE) else {
        panic!("not a LinkedIn profile");
    };
    assert_eq!(sam.recruiter, Seat::NotSubscribed);
    assert_eq!(sam.sales_navigator, Seat::Broken(SeatTrouble::Disconnected));

    let relations: Vec<Relation> = items(&rows::LIST_RELATIONS);
    let connected = "2026-02-24T14:35:52Z".parse().ok();
    assert_eq!(relations[0].connected_at, connected);
    for list in [&rows::LIST_FOLLOWERS, &rows::LIST_FOLLOWING] {
        assert_eq!(items::<Follower>(list)[0].name, "Jane Doe");
    }
    let sent: Vec<Invitation> = items(&rows::LIST_INVITATIONS_SENT);
    assert_eq!(sent[0].invited.name.as_deref(), Some("Jane Doe"));
    let received: Vec<Invitation> = items(&rows::LIST_INVITATIONS_RECEIVED);
    let inviter = received[0].inviter.as_ref().unwrap();
    assert_eq!(inviter.name.as_deref(), Some("Jane Doe"));
    let secret = received[0].secret.as_ref().unwrap();
    assert_eq!(secret.reveal(), "s3cr3t-example");
    assert!(!format!("{received:?}").contains("s3cr3t"));

    for list in [&rows::LIST_USER_POSTS, &rows::LIST_POSTS_SEED_FORM] {
        assert_eq!(items::<Post>(list)[0].counts.reactions, Some(31));
    }
    for list in [&rows::LIST_USER_COMMENTS, &rows::LIST_COMMENTS_SEED_FORM] {
        assert_eq!(items::<Comment>(list)[0].reactions, Some(1));
    }
    for list in [&rows::LIST_USER_REACTIONS, &rows::LIST_REACTIONS_SEED_FORM] {
        assert_eq!(items::<PostReaction>(list).len(), 1);
    }
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<LinkedinProfile>("LinkedinUserProfile", &["provider"]);
    every_field_counts::<LinkedinOwner>("LinkedinOwnerProfile", &["provider"]);
    every_field_counts::<TelegramProfile>("TelegramUserProfile", &["provider"]);
    every_field_counts::<TelegramProfile>("TelegramOwnerProfile", &["provider"]);
    every_field_counts::<TwitterProfile>("TwitterUserProfile", &["provider"]);
    every_field_counts::<TwitterProfile>("TwitterOwnerProfile", &["provider"]);
    every_field_counts::<OutlookOwner>("OutlookOwnerProfile", &["provider"]);
    // Instagram writes some things twice.
    let older = ["pk", "username", "profile_pic_url", "follower_count"];
    every_field_counts::<Profile>("InstagramUserProfile", &older);
    for schema in [
        "WhatsappOwnerProfile",
        "InstagramOwnerProfile",
        "GmailOwnerProfile",
        "ImapOwnerProfile",
    ] {
        every_field_counts::<OwnProfile>(schema, &[]);
    }
    every_field_counts::<Relation>("UserRelation", &[]);
    every_field_counts::<Follower>("UserFollower", &[]);
    every_field_counts::<Invitation>("InvitationReceived", &[]);
    every_field_counts::<SentInvitation>("UserInvitationSent", &[]);
}

#[test]
fn both_generations_of_instagram_are_read() {
    let older = json!({
        "provider": "INSTAGRAM", "pk": 17, "username": "jane", "full_name": "Jane",
        "profile_pic_url": "https://example.org/j.jpg", "follower_count": 3,
    });
    let newer = json!({
        "provider": "INSTAGRAM", "provider_id": "17", "public_identifier": "jane", "full_name": "Jane",
        "profile_picture_url": "https://example.org/j.jpg", "followers_count": 3,
    });
    let profile = |value| match read(value).unwrap() {
        Profile::Instagram(profile) => *profile,
        other => panic!("{other:?}"),
    };
    let older: InstagramProfile = profile(&older);
    assert_eq!(older.followers, Some(3));
    assert_eq!(older, profile(&newer));
}

#[test]
fn a_profile_of_an_unknown_network_is_kept_whole() {
    let slack = json!({ "provider": "SLACK", "id": "U1", "name": "Jane" });
    let Profile::Other { provider, raw } = read(&slack).unwrap() else {
        panic!("taken for another");
    };
    assert_eq!(provider, "SLACK");
    assert_eq!(raw.parse::<serde_json::Value>().unwrap(), slack);
}

#[test]
fn telegram_counts_seconds_where_others_count_milliseconds() {
    for was_online in [1_771_943_752_i64, 1_771_943_752_000] {
        let person = json!({ "provider_id": "1", "status": { "was_online": was_online } });
        let person: TelegramProfile = read(&person).unwrap();
        let seen = person.presence.unwrap().seen_at;
        assert_eq!(seen, "2026-02-24T14:35:52Z".parse().ok());
    }
}

#[tokio::test]
async fn every_call_is_what_the_contract_says() {
    let server = Server::start().await;
    let client = &server.client;
    let (account, jane) = (&AccountId::from("a"), &Identifier::from("jane-doe"));
    let (invitation, all) = (&InvitationId::from("-7="), &Paging::default());
    client.get_own_profile(account).await.unwrap();
    client
        .edit_own_profile(account, &Provider::Linkedin, &full_edit())
        .await
        .unwrap();
    let params = ReadProfile {
        sections: vec![Section::AllPreview, Section::Other("volunteering".into())],
        product: Some(LinkedinProduct::SalesNavigator),
        notify: Some(false),
    };
    client
        .get_user_profile(account, jane, &params)
        .await
        .unwrap();
    let params = ListRelations {
        filter: Some("ja".into()),
        paging: Paging {
            cursor: Some(Cursor::new("c")),
            limit: Some(1000),
        },
    };
    client.list_relations(account, &params).await.unwrap();
    let of = ListFollowers {
        of: Some("ACo1".into()),
        ..Default::default()
    };
    client.list_followers(account, &of).await.unwrap();
    client.list_following(account, &of).await.unwrap();
    client.list_invitations_sent(account, all).await.unwrap();
    client
        .list_invitations_received(account, all)
        .await
        .unwrap();
    let params = SendInvitation {
        message: Some("Hello".into()),
        email: Some("jane@example.com".into()),
    };
    let to = &ProviderId::from("ACo1");
    client.send_invitation(account, to, &params).await.unwrap();
    let params = HandleInvitation {
        provider: Provider::Linkedin,
        answer: InvitationAnswer::Accept,
        secret: Some(InvitationSecret::new("s")),
    };
    let outcome = client
        .handle_invitation(account, invitation, &params)
        .await
        .unwrap();
    assert_eq!(outcome, InvitationOutcome::Accepted);
    client.cancel_invitation(account, invitation).await.unwrap();
    client
        .cancel_invitation_seed_form(account, invitation)
        .await
        .unwrap();
    let params = ListUserPosts {
        is_company: Some(true),
        ..Default::default()
    };
    client
        .list_user_posts(account, jane, &params)
        .await
        .unwrap();
    client.list_user_comments(account, jane, all).await.unwrap();
    client
        .list_user_reactions(account, jane, all)
        .await
        .unwrap();
    client.list_posts_seed_form(account, all).await.unwrap();
    client.list_comments_seed_form(account, all).await.unwrap();
    client.list_reactions_seed_form(account, all).await.unwrap();
    server.assert_called_all_of(Area::Users);
}

#[tokio::test]
async fn the_other_form_never_passes_off_the_owners_posts_as_somebody_elses() {
    let server = Server::start_with_other_forms().await;
    let client = &server.client;
    let (account, all) = (&AccountId::from("a"), &Paging::default());
    let (me, jane) = (&Identifier::from(ME), &Identifier::from("jane-doe"));
    let params = &ListUserPosts::default();
    assert!(client.list_user_posts(account, me, params).await.is_ok());
    assert!(client.list_user_comments(account, me, all).await.is_ok());
    assert!(client.list_user_reactions(account, me, all).await.is_ok());
    let posts = client.list_user_posts(account, jane, params).await;
    assert_eq!(posts.unwrap_err().status(), Some(404));
    let comments = client.list_user_comments(account, jane, all).await;
    assert_eq!(comments.unwrap_err().status(), Some(404));
    let reactions = client.list_user_reactions(account, jane, all).await;
    assert_eq!(reactions.unwrap_err().status(), Some(404));
    let invitation = &InvitationId::from("7");
    assert!(client.cancel_invitation(account, invitation).await.is_ok());
}

fn full_edit() -> EditProfile {
    EditProfile {
        headline: Some("Type designer".into()),
        summary: Some("Letters".into()),
        picture: Some(Upload::from_bytes("me.png", *b"png")),
        picture_filter: Some("studio".into()),
        location: Some("105015875".into()),
        skills: vec!["Kerning".into(), "Hinting".into()],
        more: vec![],
    }
}
