// A client that odata2ts made of $metadata: a set, property or link that the model lacks does not compile.
import { FetchClient, type FetchClientError } from '@odata2ts/http-client-fetch';
import { base, end, present, show } from './calls.js';
import { ServiceOfficesService } from './odata/ServiceOfficesService.js';

const service = new ServiceOfficesService(new FetchClient(), `${base}/odata/v1`);

await show('list', async () => {
  const { data } = await service.counties().query((query, county) => query.select('code', 'nameSv').orderBy(county.code.asc()).top(2).count());
  return [data.value, data['@odata.count']];
});

await show('filter', async () => {
  const { data } = await service.offices().query((query, office) => query.filter(office.basis.eq('faRegion'), office.id.startsWith('s')).select('id', 'countyCode'));
  return data.value.map(office => [office.id, office.countyCode]);
});

await show('filter by a link', async () => {
  const { data } = await service.offices().query((query, office) => query.filter(office.municipality.props.name.eq('Storuman')).select('id'));
  return data.value.map(office => office.id);
});

await show('filter by a link to many', async () => {
  const { data } = await service.counties().query((query, county) => query.filter(county.offices.any(office => office.id.eq('storuman'))).select('nameSv'));
  return data.value.map(county => county.nameSv);
});

await show('search', async () => {
  const { data } = await service.municipalities().query(query => query.search('Storuman').select('name'));
  return data.value.map(municipality => municipality.name);
});

await show('key', async () => {
  const { data } = await service.offices('storuman').query();
  return [data.name, data.latitude, data.services.map(offered => offered.agency)];
});

await show('key of two parts', async () => {
  const { data } = await service.events({ officeId: 'storuman', number: 1 }).query();
  return [data.kind, data.on];
});

await show('link', async () => {
  const { data } = await service.offices('storuman').municipality().query(query => query.select('name'));
  return data.name;
});

await show('links', async () => {
  const { data } = await service.counties('24').municipalities().query((query, municipality) => query.select('name').orderBy(municipality.code.asc()).top(1));
  return data.value.map(municipality => municipality.name);
});

await show('expand', async () => {
  const { data } = await service.offices('storuman').query(query => query.select('id').expanding('county', county => county.select('nameSv')));
  return present(data.county).nameSv;
});

await show('complex value', async () => {
  const { data } = await service.offices('storuman').services().query();
  return data.value.length;
});

await show('no such office', async () => {
  try {
    await service.offices('nowhere').query();
    return 'found';
  } catch (e) {
    const error = e as FetchClientError;
    return [error.status, error.message];
  }
});

end('odata2ts');
