using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.ODataFuzz.Payloads;
using ServiceOffices.Publishing;
using ServiceOffices.Schema;
using ServiceOffices.Testing.OData;
using ServiceOffices.Testing.Payloads;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>Reads the responses for the seed register in every format with Microsoft.OData.Core.</summary>
public sealed class RegisterPayloadTests
{
    private readonly TwoRevisionsFixture published;
    private readonly PayloadClient client;

    public RegisterPayloadTests(TwoRevisionsFixture published)
    {
        this.published = published;
        var time = new FakeTimeProvider(TwoRevisionsFixture.SecondPublishedAt);
        client = new PayloadClient(new ODataService(
            RegisterModel.Model, new ODataOptions(), new PublicationTableSource(published.Current, time), time));
    }

    public static TheoryData<string> Sets => [.. RegisterModel.Model.Sets.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task EntitySet_All_ReadsBackAsTable(string set)
    {
        var table = (await published.PublicationAsync()).Tables[set];
        foreach (var format in PayloadFormat.All)
        {
            var entities = client.Reader.Entities(await client.GetAsync(set + "?$count=true", format));

            Assert.Equal(table.Count, entities.Count);
            Assert.Equal(table.Count, entities.Items.Count);
            for (var row = 0; row < table.Count; row++)
            {
                PayloadValues.AssertEqual(table, row, entities.Resources.ElementAt(row));
            }
        }
    }

    [Theory]
    [InlineData("offices?$select=id,name&$top=3")]
    [InlineData("offices?$select=id,address/city,services&$top=3")]
    [InlineData("offices?$select=*&$top=3")]
    [InlineData("offices?$filter=status eq 'closed' and countyCode eq '14'&$select=id,name&$expand=municipality($select=name,population)")]
    [InlineData("offices?$expand=municipality,county,events,changes,agencies&$top=5")]
    [InlineData("offices?$expand=events($count=true;$top=1;$orderby=on desc;$select=kind,on)&$top=5")]
    [InlineData("offices?$expand=events/$count&$top=3")]
    [InlineData("offices?$expand=events/$ref,municipality/$ref&$top=3")]
    [InlineData("offices?$expand=municipality($expand=county,faRegion($expand=municipalities($top=1)))&$top=3")]
    [InlineData("offices?$filter=municipality eq null&$expand=municipality")]
    [InlineData("offices?$search=Storuman")]
    [InlineData("offices?$orderby=geo.distance(location,geography'SRID=4326;POINT(18.07 59.33)')&$top=3")]
    [InlineData("offices?$select=id&$top=0&$count=true")]
    [InlineData("offices?$filter=false")]
    [InlineData("municipalities?$filter=not offices/any()&$count=true&$top=2")]
    [InlineData("counties('14')/offices?$select=id")]
    [InlineData("offices('storuman')/events")]
    [InlineData("offices('storuman')/municipality/faRegion/municipalities")]
    [InlineData("offices/$filter(status eq 'open')?$top=2")]
    public async Task Collection_EachMetadataLevel_ReadsBack(string url)
    {
        foreach (var format in PayloadFormat.All)
        {
            var entities = client.Reader.Entities(await client.GetAsync(url, format));

            Assert.Equal(await CountAsync(url), entities.Items.Count);
        }
    }

    [Theory]
    [InlineData("offices('storuman')")]
    [InlineData("offices/storuman")]
    [InlineData("offices('storuman')?$select=id,location,latitude")]
    [InlineData("offices('storuman')?$expand=events,municipality($select=name)")]
    [InlineData("offices('storuman')/municipality")]
    [InlineData("offices('storuman')/municipality/county?$expand=offices($top=2)")]
    [InlineData("events(officeId='storuman',number=1)")]
    [InlineData("events(officeId='storuman',number=1)/office")]
    [InlineData("publications(2)?$expand=changes")]
    [InlineData("changes(1)")]
    public async Task Entity_EachMetadataLevel_ReadsBack(string url)
    {
        foreach (var format in PayloadFormat.All)
        {
            var entity = client.Reader.Entity(await client.GetAsync(url, format));

            Assert.NotEmpty(entity.Values);
            Assert.StartsWith("ServiceOffices.", entity.Type, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("offices('storuman')/name", "ServiceOffices.Office", "name")]
    [InlineData("offices('storuman')/location", "ServiceOffices.Office", "location")]
    [InlineData("offices('storuman')/modifiedAt", "ServiceOffices.Office", "modifiedAt")]
    [InlineData("offices('storuman')/sources", "ServiceOffices.Office", "sources")]
    [InlineData("offices('storuman')/services", "ServiceOffices.Office", "services")]
    [InlineData("offices('storuman')/municipality/population", "ServiceOffices.Municipality", "population")]
    [InlineData("municipalities('2421')/distanceToNearestOpenOfficeKm", "ServiceOffices.Municipality", "distanceToNearestOpenOfficeKm")]
    [InlineData("publications(2)/revision", "ServiceOffices.Publication", "revision")]
    [InlineData("publications(2)/counts?$filter=offices gt 1&$count=true", "ServiceOffices.Publication", "counts")]
    [InlineData("changes(1)/properties", "ServiceOffices.Change", "properties")]
    public async Task Property_EachMetadataLevel_ReadsBack(string url, string owner, string property)
    {
        foreach (var format in PayloadFormat.All)
        {
            Assert.NotNull(client.Reader.Property(await client.GetAsync(url, format), owner, property));
        }
    }

    [Fact]
    public async Task Values_CountRawAndReference_ReadBack()
    {
        foreach (var format in PayloadFormat.All)
        {
            Assert.Equal(290, client.Reader.Count(await client.GetAsync("municipalities/$count", format)));
            Assert.Equal(TwoRevisionsFixture.NewName, client.Reader.Text(await client.GetAsync("offices('storuman')/name/$value", format)));
            Assert.Equal(new Uri(PayloadClient.Root, "municipalities('2421')"), client.Reader.Reference(await client.GetAsync("offices('storuman')/municipality/$ref", format)));
            Assert.Contains(new Uri(PayloadClient.Root, "offices('storuman')"), client.Reader.References(await client.GetAsync("offices/$ref", format)));
        }
    }

    // A delta has its links and contexts even with metadata=none, because it needs them.
    [Theory]
    [InlineData("offices")]
    [InlineData("offices?$select=name")]
    [InlineData("offices?$select=id,name&$expand=municipality($select=code)")]
    [InlineData("offices?$filter=contains(name,'nya')")]
    public async Task Delta_ChangedName_ReadsBackAsOneChange(string url)
    {
        foreach (var format in PayloadFormat.All.Where(one => one.Metadata != "none"))
        {
            var delta = client.Reader.Changes(await client.GetAsync(await SinceFirstAsync(url), format));

            Assert.Equal(TwoRevisionsFixture.NewName, Assert.Single(delta.Resources)["name"]);
            Assert.Contains("$deltatoken=2-", delta.DeltaLink!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Delta_NoLongerMatching_ReadsBackAsRemoved()
    {
        foreach (var format in PayloadFormat.All.Where(one => one.Metadata != "none"))
        {
            var delta = client.Reader.Changes(await client.GetAsync(await SinceFirstAsync("offices?$filter=id eq 'storuman' and not contains(name,'nya')"), format));

            Assert.Equal([new PayloadRemoval(new Uri(PayloadClient.Root, "offices('storuman')"), IsChanged: true)], delta.Items.Cast<PayloadRemoval>());
        }
    }

    [Theory]
    [InlineData("4.0", "b")]
    [InlineData("4.01", "b")]
    // RFC 2046, 5.1.1: a boundary can contain commas, colons and blanks, and is then quoted.
    [InlineData("4.01", "a,b c:d")]
    public async Task Batch_Multipart_ReadsBack(string version, string boundary)
    {
        var request = $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";

        var batch = await client.BatchAsync(version, $"multipart/mixed;boundary=\"{boundary}\"", "multipart/mixed",
            $"{request}GET offices('storuman') HTTP/1.1\r\nOData-MaxVersion: {version}\r\n\r\n\r\n{request}GET nosuch HTTP/1.1\r\n\r\n\r\n--{boundary}--\r\n");

        var responses = client.Reader.Batch(batch);
        Assert.Equal([200, 404], responses.Select(answer => answer.StatusCode));
        Assert.Equal(TwoRevisionsFixture.NewName, client.Reader.Entity(responses[0])["name"]);
        Assert.NotEmpty(client.Reader.Error(responses[1]).Message);
    }

    [Theory]
    [InlineData("4.0")]
    [InlineData("4.01")]
    public async Task Batch_Json_ReadsBack(string version)
    {
        var batch = await client.BatchAsync(version, "application/json", "application/json",
            $$"""
            {"requests":[
              {"id":"1","method":"GET","url":"offices('storuman')","headers":{"odata-maxversion":"{{version}}"} },
              {"id":"2","method":"GET","url":"counties?$top=2"},
              {"id":"3","method":"GET","url":"offices('storuman')/address"}]}
            """);

        // No response is an error, which the reader would treat as the end of the batch.
        var responses = client.Reader.Batch(batch);
        Assert.Equal([200, 200, 204], responses.Select(answer => answer.StatusCode));
        Assert.Equal(TwoRevisionsFixture.NewName, client.Reader.Entity(responses[0])["name"]);
        Assert.Equal(2, client.Reader.Entities(responses[1]).Items.Count);
    }

    [Fact]
    public async Task ServiceDocument_EachMetadataLevel_ReadsBack()
    {
        foreach (var format in PayloadFormat.All)
        {
            var sets = client.Reader.ServiceDocument(await client.GetAsync("", format));

            Assert.Equal(RegisterModel.Model.Sets.ToDictionary(set => set.Name, set => new Uri(PayloadClient.Root, set.Name)), sets);
        }
    }

    [Theory]
    [InlineData("offices?$apply=groupby((countyCode),aggregate($count as total))&$orderby=total desc", "total")]
    [InlineData("offices?$apply=groupby((municipality/county/nameSv,status),aggregate($count as total))", "total")]
    [InlineData("municipalities?$apply=groupby((county/nameSv),aggregate(population with sum as people,population with max as most))", "people,most")]
    [InlineData("municipalities?$apply=aggregate(population with sum as people,distanceToNearestOpenOfficeKm with average as mean)", "people,mean")]
    [InlineData("municipalities?$apply=filter(population gt 100000)/compute(population mul 2 as twice)&$select=code,twice", "twice")]
    [InlineData("municipalities?$apply=filter(population gt 100000)/compute(population mul 2 as twice)&$select=twice", "twice")]
    [InlineData("municipalities?$apply=topcount(2,population)", "")]
    [InlineData("events?$apply=groupby((kind),aggregate(on with min as earliest,officeId with countdistinct as offices))", "earliest,offices")]
    [InlineData("offices?$apply=groupby((rollup(kind,basis)),aggregate($count as total))", "total")]
    [InlineData("offices?$apply=groupby((rollup($all,municipality/county/nameSv,municipality/name)),aggregate($count as total))", "total")]
    [InlineData("municipalities?$compute=population div 1000 as thousands&$select=code,thousands&$top=2", "thousands")]
    [InlineData("offices?$compute=geo.distance(location,geography'SRID=4326;POINT(18.07 59.33)') div 1000 as km,year(modifiedAt) as year,concat(name,'!') as loud,status eq 'open' as isOpen,date(modifiedAt) as day&$select=id,km,year,loud,isOpen,day&$top=3", "km,year,loud,isOpen,day")]
    public async Task Computed_EachMetadataLevel_ReadsBack(string url, string computed)
    {
        var names = computed.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var reader = new PayloadReader(EdmModelBuilder.Build(RegisterModel.Model), PayloadClient.Root) { Computed = names };
        // The reader treats an undeclared number without a type as a decimal, although it is a double (OData JSON Format
        // 4.01, 4.5.3), and then requires a string for IEEE754Compatible.
        foreach (var format in PayloadFormat.All.Where(one => !one.Ieee754Compatible))
        {
            var rows = reader.Entities(await client.GetAsync(url, format));

            Assert.NotEmpty(rows.Items);
            Assert.All(rows.Resources, row => Assert.Subset(row.Values.Keys.ToHashSet(), names.ToHashSet()));
        }
    }

    [Theory]
    [InlineData("offices?$apply=concat(groupby((kind)),aggregate($count as total))")]
    [InlineData("counties?$select=code&$expand=offices($apply=aggregate($count as total);$filter=total gt 1)")]
    [InlineData("counties?$select=code&$expand=offices($apply=groupby((rollup(kind,status)),aggregate($count as total));$orderby=total)")]
    [InlineData("offices?$select=id&$expand=events($apply=filter(kind eq 'opened'))")]
    public async Task RowsOfDifferentTypes_EachMetadataLevel_ReadBack(string url)
    {
        var reader = new PayloadReader(EdmModelBuilder.Build(RegisterModel.Model), PayloadClient.Root) { Computed = ["total"] };
        foreach (var format in PayloadFormat.All.Where(one => !one.Ieee754Compatible))
        {
            Assert.NotEmpty(reader.Entities(await client.GetAsync(url, format)).Items);
        }
    }

    [Fact]
    public async Task Aggregated_MinimalMetadata_HasTypesAndNullId()
    {
        var format = new PayloadFormat("4.0", "minimal", Ieee754Compatible: true);

        var answer = await client.SendAsync("offices?$apply=groupby((countyCode),aggregate($count as total))&$top=1&$orderby=countyCode desc", format);

        Assert.Equal(
            """{"@odata.context":"http://127.0.0.1/odata/v1/$metadata#offices(countyCode,total)","value":[{"@odata.id":null,"countyCode":"25","total@odata.type":"#Decimal","total":"6"}]}""",
            Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Theory]
    [InlineData("offices?$filter=status eq 'Open'", "Did you mean 'open'?")]
    [InlineData("offices?$filter=countyCode eq 14", "Write strings in single quotes: '14'.")]
    [InlineData("offices?$filter=municipality eq 'Malmö'", "such as municipality/name")]
    [InlineData("offices?limit=5", "Did you mean $top?")]
    public async Task Error_TypicalMistake_ContainsNextStep(string url, string phrase)
    {
        var answer = await client.SendAsync(url, PayloadFormat.All[0]);

        Assert.Equal(400, answer.Status);
        Assert.Contains(phrase, Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    // OData JSON Format 4.01, 4.5.8: the id is included if the key is not.
    [Fact]
    public async Task Id_KeyNotSelected_IsIncluded()
    {
        foreach (var format in PayloadFormat.All.Where(one => one.Metadata != "none"))
        {
            var events = client.Reader.Entities(await client.GetAsync("offices('storuman')/events?$select=kind&$expand=office($select=name)", format));

            var first = events.Resources.First();
            Assert.Equal(new Uri(PayloadClient.Root, "events(officeId='storuman',number=1)"), first.Id);
            Assert.Equal(new Uri(PayloadClient.Root, "offices('storuman')"), ((PayloadResource)first["office"]!).Id);
        }
    }

    [Fact]
    public async Task Pages_NextLinksFollowed_CoverWholeSet()
    {
        foreach (var format in PayloadFormat.All)
        {
            var found = new List<object?>();
            var url = "municipalities?$select=code&$orderby=code desc";
            while (url is not null)
            {
                var page = client.Reader.Entities(await client.GetAsync(url, format, prefer: "maxpagesize=100"));
                found.AddRange(page.Resources.Select(one => one["code"]));
                url = page.NextLink is { } next ? Uri.UnescapeDataString(PayloadClient.Root.MakeRelativeUri(next).OriginalString) : null;
            }

            Assert.Equal(290, found.Distinct().Count());
            Assert.Equal(290, found.Count);
        }
    }

    [Theory]
    [InlineData("offices?$filter=nosuch eq 1", 400)]
    [InlineData("offices?$top=ten", 400)]
    [InlineData("nosuch", 404)]
    [InlineData("offices('nosuch')", 404)]
    [InlineData("offices?$format=application/atom+xml", 406)]
    public async Task Error_EachMetadataLevel_ReadsBack(string url, int status)
    {
        foreach (var format in PayloadFormat.All)
        {
            var response = await client.SendAsync(url, format);

            var error = client.Reader.Error(PayloadMessage.From(response));
            Assert.Equal(status, response.Status);
            Assert.NotEmpty(error.Code);
            Assert.NotEmpty(error.Message);
        }
    }

    private async Task<int> CountAsync(string url)
    {
        var response = await client.SendAsync(url, PayloadFormat.All[0]);
        using var json = JsonDocument.Parse(response.Body);
        return json.RootElement.GetProperty("value").GetArrayLength();
    }

    private async Task<string> SinceFirstAsync(string url) =>
        DeltaUrlBuilder.Since((await published.Current.GetRevisionAsync(1, TestContext.Current.CancellationToken))!.Tables, url);
}
