// What only LinkedIn has; the SDK has no methods for it but the company profile.
import { file, must, raw, rawRefused, same } from './harness.mjs';

export async function linkedin(world) {
  const account_id = world.LINKEDIN.id;
  const query = { account_id };
  await raw('POST', ['linkedin'], { json: { account_id, request_url: 'https://www.linkedin.com/voyager/api/me', method: 'GET' } });
  await rawRefused('POST', ['linkedin'], { json: { account_id, request_url: 'https://example.org/' } }, 'invalid_url');
  await raw('GET', ['linkedin', 'company', 'nuvem'], { query }, 'CompanyProfile');
  await raw('GET', ['linkedin', 'inmail_balance'], { query }, 'LinkedinInmailBalance');
  const lyon = await raw('GET', ['linkedin', 'search', 'parameters'], { query: { account_id, type: 'LOCATION', keywords: 'lyon' } }, 'LinkedinSearchParametersList', (list) => must(list.items.length > 0, 'none'));
  for (const category of ['people', 'companies', 'posts', 'jobs']) {
    await raw('POST', ['linkedin', 'search'], { query, json: { api: 'classic', category } }, 'LinkedinSearch', (list) => must(list.items.length > 0, 'none'));
  }
  const first = await raw('POST', ['linkedin', 'search'], { query: { account_id, limit: '3' }, json: { api: 'classic', category: 'people' } });
  await raw('POST', ['linkedin', 'search'], { query: { account_id, cursor: first.cursor }, json: {} }, 'LinkedinSearch', (list) => must(list.items[0].id !== first.items[0].id, 'the same page'));

  const projects = await raw('GET', ['linkedin', 'projects'], { query }, 'LinkedinHiringProjectList', (list) => must(list.items.length > 0, 'none'));
  const hiring_project_id = projects.items[0].id;
  await raw('GET', ['linkedin', 'projects', hiring_project_id], { query }, 'LinkedinHiringProject', (one) => same(one.id, hiring_project_id, 'id'));
  const member = await raw('GET', ['users', 'noor-khalil'], { query: { ...query, linkedin_api: 'recruiter', linkedin_sections: 'skills' } }, 'UserProfile');
  const action = { account_id, api: 'recruiter', action: 'addCandidateToPipeline', hiring_project_id };
  await raw('POST', ['linkedin', 'user', member.provider_id], { json: action }, 'LinkedinPerformActionOnUser');
  const skill_endorsement_id = member.skills[0].endorsement_id;
  await raw('POST', ['linkedin', 'profile', 'endorse'], { json: { account_id, profile_id: member.provider_id, skill_endorsement_id } }, 'LinkedinProfileEndorse');
  await jobs(account_id, lyon.items[0].id);
}

async function jobs(account_id, location) {
  const query = { account_id };
  const posting = { account_id, job_title: { text: 'Walker' }, company: { text: 'Nuvem' }, workplace: 'REMOTE', location, description: '<p>Walk.</p>' };
  const { job_id } = await raw('POST', ['linkedin', 'jobs'], { json: posting }, 'LinkedinJobPostingDraftCreated');
  await raw('PATCH', ['linkedin', 'jobs', job_id], { json: { account_id, workplace: 'HYBRID' } });
  await raw('POST', ['linkedin', 'jobs', job_id, 'publish'], { json: { account_id, mode: 'FREE' } }, 'Checkpoint');
  await raw('POST', ['linkedin', 'jobs', job_id, 'checkpoint'], { json: { account_id, input: '123456' } });
  await raw('POST', ['linkedin', 'jobs', job_id, 'publish'], { json: { account_id, mode: 'FREE' } }, undefined, (done) => same(done.job_state, 'active', 'state'));
  await raw('GET', ['linkedin', 'jobs', job_id], { query }, 'LinkedinJobPosting', (job) => same([job.state, job.workplace], ['active', 'HYBRID'], 'posting'));
  await raw('POST', ['linkedin', 'jobs', job_id, 'close'], { query, json: {} });

  const list = await raw('GET', ['linkedin', 'jobs'], { query }, 'LinkedinJobPostingList');
  const wanted = list.items.find((job) => job.applicants_counter > 0);
  const people = await raw('GET', ['linkedin', 'jobs', wanted.id, 'applicants'], { query }, 'LinkedinJobApplicantList');
  const applicant = await raw('GET', ['linkedin', 'jobs', 'applicants', people.items[0].id], { query }, 'LinkedinJobApplicant');
  await raw('GET', ['linkedin', 'jobs', 'applicants', applicant.id, 'resume'], { query }, undefined, (blob) => file(blob));
}
