// Profiles, relations, invitations, posts, comments and reactions.
import {
  client, must, pages, part, raw, refused, same, sdk,
} from './harness.mjs';

export async function users(world) {
  await part('users: profiles', () => profiles(world));
  await part('users: network', () => network(world));
  await part('users: posts', () => posts(world));
  await part('users: without methods', () => beyond(world));
}

async function profiles(world) {
  for (const [type, provider] of Object.entries({ LINKEDIN: 'LINKEDIN', TELEGRAM: 'TELEGRAM', TWITTER: 'TWITTER', GOOGLE_OAUTH: 'GMAIL', OUTLOOK: 'OUTLOOK', MAIL: 'IMAP' })) {
    await sdk('users.getOwnProfile', [world[type].id], (me) => {
      same([me.object, me.provider], ['AccountOwnerProfile', provider], 'profile');
      return provider;
    });
  }
  // The SDK knows no such profiles of these two networks; the contract does.
  for (const type of ['WHATSAPP', 'INSTAGRAM']) {
    await raw('GET', ['users', 'me'], { query: { account_id: world[type].id } }, 'AccountOwnerProfile', (me) => same(me.provider, type, 'provider'));
  }
  for (const provider of ['LINKEDIN', 'WHATSAPP', 'INSTAGRAM', 'TELEGRAM', 'TWITTER']) {
    const account_id = world[provider].id;
    const { items } = await client.messaging.getAllAttendees({ account_id, limit: 250 });
    for (const one of items.filter((item) => !item.is_self).slice(0, 12)) {
      const identifier = encodeURIComponent(one.provider_id);
      await sdk('users.getProfile', [{ identifier, account_id }], (profile) => {
        same(profile.provider_id ?? profile.id, one.provider_id, 'id');
        return `${provider} ${one.name}`;
      });
    }
  }
  const account_id = world.LINKEDIN.id;
  for (const identifier of ['noor-khalil', 'fatou-diop']) {
    await sdk('users.getProfile', [{ identifier, account_id, linkedin_sections: '*' }], (profile) => {
      must(profile.work_experience.length > 0 && profile.skills.length > 0, 'no sections');
    });
    await sdk('users.getProfile', [{ identifier, account_id, linkedin_sections: ['skills', 'languages'] }], (profile) => must(profile.skills && !profile.work_experience, 'other sections'));
    await sdk('users.getProfile', [{ identifier, account_id, linkedin_api: 'recruiter' }], (profile) => must(profile.provider_id.startsWith('AE'), profile.provider_id));
  }
  await refused('users.getProfile', [{ identifier: 'nobody-at-all', account_id }], 'invalid_recipient');
  await sdk('users.getCompanyProfile', [{ account_id, identifier: 'nuvem' }], (company) => same(company.name, 'Nuvem', 'name'));
  await sdk('users.getCompanyProfile', [{ account_id, identifier: '710003' }], (company) => same(company.name, 'Kestrel Systems', 'name'));
}

async function network(world) {
  const account_id = world.LINKEDIN.id;
  const relations = await pages('users.getAllRelations', { account_id, limit: 17 }, (items) => must(items.length > 20, 'too few'));
  await sdk('users.getAllRelations', [{ account_id, limit: 1000 }], (list) => same(list.items.length, relations.length, 'relations'));

  await pages('users.getAllInvitationsSent', { account_id, limit: 1 }, (items) => must(items.length > 0, 'none'));
  const search = { json: { api: 'classic', category: 'people', network_distance: [2, 3] }, query: { account_id, limit: '50' } };
  const found = await raw('POST', ['linkedin', 'search'], search, 'LinkedinSearch', (list) => must(list.items.length > 1, 'nobody'));
  const provider_id = found.items.find((one) => !one.pending_invitation).id;
  const sent = await sdk('users.sendInvitation', [{ account_id, provider_id, message: 'Hello from the SDK' }]);
  await sdk('users.getAllInvitationsSent', [{ account_id }], (list) => {
    const mine = list.items.find((one) => one.id === sent.invitation_id);
    same([mine.invited_user_id, mine.invitation_text], [provider_id, 'Hello from the SDK'], 'invitation');
  });
  await refused('users.sendInvitation', [{ account_id, provider_id }], 'already_invited_recently');
  await refused('users.sendInvitation', [{ account_id, provider_id: relations[0].member_id }], 'already_connected');
  await sdk('users.cancelInvitationSent', [{ account_id, invitation_id: sent.invitation_id }]);
  await sdk('users.getAllInvitationsSent', [{ account_id }], (list) => must(!list.items.some((one) => one.id === sent.invitation_id), 'still there'));
  await refused('users.cancelInvitationSent', [{ account_id, invitation_id: sent.invitation_id }], 'resource_not_found');

  const received = await raw('GET', ['users', 'invite', 'received'], { query: { account_id } }, 'InvitationList', (list) => must(list.items.length > 1, 'none'));
  for (const [at, action, status] of [[0, 'accept', 'ACCEPTED'], [1, 'decline', 'DECLINED']]) {
    const one = received.items[at];
    const answer = { provider: 'LINKEDIN', account_id, action, shared_secret: one.specifics.shared_secret };
    await raw('POST', ['users', 'invite', 'received', one.id], { json: answer }, 'UserInvitationHandled', (done) => same(done.status, status, 'status'));
  }
  await sdk('users.getAllRelations', [{ account_id, limit: 1000 }], (list) => same(list.items.length, relations.length + 1, 'relations'));
}

async function posts(world) {
  const account_id = world.LINKEDIN.id;
  const me = await client.users.getOwnProfile(account_id);
  const own = await pages('users.getAllPosts', { identifier: me.provider_id, account_id, limit: 1 }, (items) => must(items.length > 1, 'none'));
  await pages('users.getAllPosts', { identifier: 'nuvem', account_id, is_company: true, limit: 5 }, (items) => must(items.every((post) => post.author.is_company), 'a person'));
  await sdk('users.getPost', [{ account_id, post_id: own[0].social_id }], (post) => same(post.id, own[0].id, 'id'));
  await pages('users.getAllPostComments', { account_id, post_id: own[0].social_id, limit: 3 }, (items) => must(items.length > 3, 'too few'));
  const relations = await client.users.getAllRelations({ account_id, limit: 100 });
  let seen = 0;
  for (const { public_identifier } of relations.items) {
    const { items } = await client.users.getAllPosts({ identifier: public_identifier, account_id });
    for (const post of items) {
      await client.users.getPost({ account_id, post_id: post.social_id });
      await client.users.getAllPostComments({ account_id, post_id: post.social_id });
      seen += 1;
    }
  }
  must(seen > 0, 'nobody writes');

  const attachments = [['dot.png', Buffer.from('89504e470d0a1a0a', 'hex')]];
  const created = await sdk('users.createPost', [{ account_id, text: 'Posted with the SDK', attachments }]);
  const post = await sdk('users.getPost', [{ account_id, post_id: created.post_id }], (one) => {
    same([one.text, one.attachments.length], ['Posted with the SDK', 1], 'post');
    return `${seen} posts of relations fit too`;
  });
  const post_id = post.social_id;
  await sdk('users.sendPostComment', [{ account_id, post_id, text: 'First!' }]);
  await sdk('users.getAllPostComments', [{ account_id, post_id }], (list) => same(list.items.map((one) => one.text), ['First!'], 'comments'));
  await sdk('users.sendPostReaction', [{ account_id, post_id, reaction_type: 'celebrate' }]);
  await raw('GET', ['posts', post_id, 'reactions'], { query: { account_id } }, 'PostReactionList', (list) => same(list.items.length, 1, 'reactions'));
  await refused('users.getPost', [{ account_id, post_id: 'urn:li:activity:1' }], 'resource_not_found');
}

async function beyond(world) {
  const account_id = world.LINKEDIN.id;
  const query = { account_id, limit: '2' };
  await raw('GET', ['users', 'followers'], { query }, 'UserFollowersList', (list) => must(list.items.length > 0, 'none'));
  await raw('GET', ['users', 'following'], { query }, undefined, (list) => must(list.items.length > 0, 'none'));
  const me = await client.users.getOwnProfile(account_id);
  const lists = [['posts', 'PostList'], ['comments', 'CommentList'], ['reactions', 'PostReactionList']];
  for (const [name, tag] of lists) {
    const one = await raw('GET', ['users', me.provider_id, name], { query }, tag);
    await raw('GET', ['users', name], { query }, tag, (other) => same(other.items, one.items, 'items'));
  }
  const form = { type: 'LINKEDIN', account_id, headline: 'Walks through servers', picture: { bytes: Buffer.from('89504e47', 'hex'), type: 'image/png', name: 'me.png' } };
  await raw('PATCH', ['users', 'me', 'edit'], { form }, 'ProfileEdited');
  await sdk('users.getOwnProfile', [account_id], (mine) => same(mine.headline, 'Walks through servers', 'headline'));
  const search = await raw('POST', ['linkedin', 'search'], { json: { api: 'classic', category: 'people', network_distance: [3] }, query: { account_id } });
  const invited = await client.users.sendInvitation({ account_id, provider_id: search.items.find((one) => !one.pending_invitation).id });
  await raw('POST', ['users', 'cancel-invite'], { json: { account_id, invitation_id: invited.invitation_id } }, 'InvitationCanceled');
}

