// A client whose types openapi-typescript made of /openapi.json: a path, parameter, status or property that the contract
// lacks does not compile.
import createClient from 'openapi-fetch';
import { base, end, present, show } from './calls.js';
import type { components, paths } from './openapi.js';

type Json = 'application/json' | 'application/problem+json' | 'application/feed+json';

const client = createClient<paths, Json>({ baseUrl: base });

const errorCode = (error: components['schemas']['ODataError'] | undefined) => present(error).error.code;

await show('sets', async () => {
  const { data } = await client.GET('/odata/v1/');
  return present(data).value.map(set => set.name);
});

await show('list', async () => {
  const { data, response } = await client.GET('/odata/v1/counties', {
    params: { query: { $top: 2, $orderby: 'code', $select: 'code,nameSv', $count: true } },
  });
  return [present(data).value, present(data)['@odata.count'], response.headers.get('OData-Version')];
});

await show('filter', async () => {
  const { data } = await client.GET('/odata/v1/offices', {
    params: { query: { $filter: "basis eq 'faRegion' and startswith(id,'s')", $select: 'id,countyCode' } },
  });
  return present(data).value.map(office => [office.id, office.countyCode]);
});

await show('expand', async () => {
  const { data } = await client.GET("/odata/v1/offices('{id}')", {
    params: { path: { id: 'storuman' }, query: { $select: 'name', $expand: 'municipality($select=name)' } },
  });
  return [present(data).name, present(data).municipality?.name];
});

await show('location', async () => {
  const { data } = await client.GET("/odata/v1/offices('{id}')", { params: { path: { id: 'storuman' } } });
  return present(data).location?.coordinates;
});

await show('key of two parts', async () => {
  const { data } = await client.GET("/odata/v1/events(officeId='{officeId}',number={number})", {
    params: { path: { officeId: 'storuman', number: 1 } },
  });
  return [present(data).kind, present(data).on];
});

await show('pages', async () => {
  let count = 0;
  let next: string | undefined;
  do {
    const skip = next === undefined ? null : new URL(next).searchParams.get('$skiptoken');
    const { data } = await client.GET('/odata/v1/municipalities', {
      params: { query: { $select: 'code', ...(skip === null ? {} : { $skiptoken: skip }) } },
      headers: { Prefer: 'maxpagesize=100' },
    });
    count += present(data).value.length;
    next = present(data)['@odata.nextLink'];
  } while (next !== undefined);
  return count;
});

await show('unchanged', async () => {
  const first = await client.GET('/odata/v1/agencies');
  const again = await client.GET('/odata/v1/agencies', {
    headers: { 'If-None-Match': present(first.response.headers.get('ETag')) },
  });
  return again.response.status;
});

await show('bad request', async () => {
  const { error, response } = await client.GET('/odata/v1/offices', { params: { query: { $filter: 'nothing eq 1' } } });
  return [response.status, errorCode(error)];
});

await show('no such office', async () => {
  const { error, response } = await client.GET("/odata/v1/offices('{id}')", { params: { path: { id: 'nowhere' } } });
  return [response.status, errorCode(error)];
});

await show('downloads', async () => {
  const { data } = await client.GET('/downloads/');
  return present(data).files.filter(file => file.dataset === 'counties').map(file => [file.name, file.rows]);
});

await show('file', async () => {
  const { data } = await client.GET('/downloads/{file}', { params: { path: { file: 'counties.csv' } }, parseAs: 'text' });
  return present(data).split('\r\n')[1];
});

await show('no such file', async () => {
  const { error, response } = await client.GET('/downloads/{file}', { params: { path: { file: 'none.csv' } } });
  return [response.status, present(error).type];
});

await show('catalog', async () => {
  const { data } = await client.GET('/datasets/dcat.{syntax}', { params: { path: { syntax: 'ttl' } }, parseAs: 'text' });
  return present(data).includes('a dcat:Catalog');
});

await show('feed', async () => {
  const { data } = await client.GET('/feeds/changes.json', { params: { query: { county: '24', lang: 'en' } } });
  return present(data).items.map(item => item.title).sort()[0];
});

await show('ready', async () => {
  const { data } = await client.GET('/health/ready');
  return present(data).status;
});

await show('information', async () => {
  const { data } = await client.GET('/api-info');
  return [present(data).apiName, present(data).apiStatus];
});

await show('without a key', async () => {
  const { response } = await client.GET('/register/offices/{id}', { params: { path: { id: 'storuman' } } });
  return response.status;
});

end('openapi-typescript');
