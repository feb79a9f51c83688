using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Testing.Hosting;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>The contract of /register/imports on every kind of store.</summary>
public abstract class ImportContract : IAsyncLifetime
{
    private const string Header = "id,name,municipalityCode,latitude,longitude,locationPrecision\r\n";

    private RunningHost? host;

    private protected RunningHost Host => host!;

    private EditorClient Editor => new(Host.Client);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected virtual string[] Settings => [];

    private protected virtual Action<IServiceCollection>? Stores => null;

    public async ValueTask InitializeAsync()
    {
        host = new ImportHost([.. Settings, "--Editing:MaxImportBytes=1000000"], Stores);
        await host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Download_Reimported_ChangesNothingInAnyFormat()
    {
        var before = await RevisionAsync();
        foreach (var (file, mediaType, option) in new[]
        {
            ("offices.csv", EditorClient.Csv, ""), ("events.csv", EditorClient.Csv, ""),
            ("offices.excel.csv", EditorClient.Csv, "&delimiter=semicolon"), ("events.excel.csv", EditorClient.Csv, "&delimiter=semicolon"),
            ("offices.json", EditorClient.Json, ""), ("events.json", EditorClient.Json, ""),
        })
        {
            foreach (var mode in new[] { "merge", "replace" })
            {
                var response = await Editor.SendAsync("POST", $"/register/imports?mode={mode}{option}", await Host.GetBytesAsync("/downloads/" + file), mediaType);

                Assert.True(response.Status == HttpStatusCode.OK, $"{file}, {mode}: {response.Text}");
                Assert.Equal("""{"added":0,"changed":0,"removed":0,"unchanged":79}""", response.Object["offices"]!.ToJsonString());
                Assert.Empty(response.Object["questions"]!.AsArray());
            }
        }

        await Host.RefreshAsync();
        Assert.Equal(before, await RevisionAsync());
    }

    [Fact]
    public async Task Import_ThreeChangedRows_AreThreeChangesInFeedAndDelta()
    {
        var delta = JsonNode.Parse(await (await SendAsync("GET", "/odata/v1/offices?$select=id,name", ("Prefer", "odata.track-changes"))).Content.ReadAsStringAsync(Now))!["@odata.deltaLink"]!.GetValue<string>();
        var before = await RevisionAsync();
        var lines = (await Host.GetAsync("/downloads/offices.csv")).Split("\r\n");
        foreach (var index in new[] { 1, 2, 3 })
        {

            var cells = lines[index].Split(',');
            cells[1] = "Nytt namn " + index;
            lines[index] = string.Join(',', cells);
        }

        var accepted = await Editor.SendAsync("POST", "/register/imports", string.Join("\r\n", lines), EditorClient.Csv);
        var finished = await Editor.WaitForImportAsync(accepted.Location!);

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal(("completed", 3, 3), (finished["state"]!.GetValue<string>(), finished["done"]!.GetValue<int>(), finished["applied"]!.GetValue<int>()));
        await WaitAsync(async () => await RevisionAsync() > before);
        Assert.Equal(before + 1, await RevisionAsync());
        var changes = JsonNode.Parse(await Host.GetAsync($"/odata/v1/changes?$filter=publication eq {before + 1}&$select=kind,officeName"))!["value"]!.AsArray();
        Assert.Equal(
            [("changed", "Nytt namn 1"), ("changed", "Nytt namn 2"), ("changed", "Nytt namn 3")],
            changes.Select(change => (change!["kind"]!.GetValue<string>(), change["officeName"]!.GetValue<string>())));
        var feed = JsonNode.Parse(await Host.GetAsync("/feeds/changes.json"))!["items"]!.AsArray();
        Assert.Equal(3, feed.Count(item => item!.ToJsonString().Contains("Nytt namn", StringComparison.Ordinal)));
        var changed = JsonNode.Parse(await Host.GetAsync(new Uri(delta).PathAndQuery))!["value"]!.AsArray();
        Assert.Equal(3, changed.Count);
        var audit = (await Editor.GetAsync("/register/audit")).Object["audit"]!.AsArray().Take(3);
        Assert.All(audit, entry => Assert.Equal("import " + finished["id"], entry!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task DryRun_Document_ReportsDifferencesAndWritesNothing()
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports?dryRun=true",
            """
            {"offices": [{"id": "storuman", "phone": "010111", "status": "closed"}, {"id": "ny", "name": "Ny", "locationPrecision": "none"}],
             "events": [{"officeId": "ny", "number": 1, "kind": "opened", "on": "2026-01-01", "precision": "day"}]}
            """);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        var differences = response.Object["differences"]!.AsArray();
        Assert.Equal(["ny", "storuman"], differences.Select(difference => difference!["officeId"]!.GetValue<string>()));
        Assert.Equal(
            """[{"property":"status","oldValue":null,"newValue":"open"},{"property":"name","oldValue":null,"newValue":"Ny"},{"property":"locationPrecision","oldValue":null,"newValue":"none"}]""",
            differences[0]!["properties"]!.ToJsonString());
        Assert.Equal("opened", differences[0]!["events"]![0]!["after"]!["kind"]!.GetValue<string>());
        Assert.Equal("""[{"property":"phone","oldValue":null,"newValue":"010111"}]""", differences[1]!["properties"]!.ToJsonString());
        Assert.StartsWith("offices, row 1: status must be", response.Object["questions"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await Editor.GetAsync("/register/imports")).Object["imports"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Editor.GetAsync("/register/offices/ny")).Status);
    }

    [Fact]
    public async Task Replace_RemovingManyOffices_Returns409WithoutConfirmation()
    {
        var lines = (await Host.GetAsync("/downloads/offices.csv")).Split("\r\n");
        var tenth = string.Join("\r\n", lines[..11]) + "\r\n";

        var refused = await Editor.SendAsync("POST", "/register/imports?mode=replace", tenth, EditorClient.Csv);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(69, refused.Object["offices"]!["removed"]!.GetValue<int>());
        var look = await Editor.SendAsync("POST", "/register/imports?mode=replace&dryRun=true", tenth, EditorClient.Csv);
        Assert.True(look.Object["needsConfirmation"]!.GetValue<bool>());
        var confirmed = await Editor.SendAsync("POST", "/register/imports?mode=replace&confirm=true", tenth, EditorClient.Csv);
        Assert.Equal("completed", (await Editor.WaitForImportAsync(confirmed.Location!))["state"]!.GetValue<string>());
        Assert.Equal(10, (await Editor.GetAsync("/register/offices")).Object["offices"]!.AsArray().Count);
        await WaitAsync(async () => await Host.GetAsync("/odata/v1/offices/$count") == "10");
    }

    [Fact]
    public async Task Replace_MissingColumn_IsRejected()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?mode=replace", Header + "storuman,Storuman,2421,,,none\r\n", EditorClient.Csv);

        Assert.Equal(422, (int)response.Status);
        Assert.Contains("offices: note must be a column of the document with mode=replace; note is missing.", Messages(response));
    }

    public static TheoryData<string, string, string> BadDocuments => new()
    {
        { "Latin-1", "id,name\r\nstoruman,\u00c5sele\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'the byte 0xC5 in line 2, byte 10 (Windows-1252 or Latin-1, perhaps)'." },
        { "half of it UTF-16", "id,name\r\nstoruman,\0x\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'the byte 0x00 in line 2, byte 10 (UTF-16, or no text at all)'." },
        { "UTF-16", "id,name\r\nstoruman,x\r\n", "The document: must be text in UTF-8; in a spreadsheet, save as \"CSV UTF-8\"; got 'UTF-16, or no text at all'." },
        { "semicolons", "id;name\r\nstoruman;x\r\n", "The document, row 1: must be a header separated by commas; for semicolons, use delimiter=semicolon; got 'cells separated by semicolons'." },
        { "nothing", "", "The document: must be a header and rows, as in a download; got 'nothing'." },
        { "no header", "storuman,x\r\n", "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by commas; got 'storuman,x'." },
        { "unknown column", "id,nmae\r\nstoruman,x\r\n", "offices, row 1: nmae must be one of the columns id, name, kind, status, basis, municipalityCode, countyCode, locality, vulnerableAreas, address/street, address/postalCode, address/city, location, latitude, longitude, locationPrecision, services, videoMeetings, videoMeetingsSince, openingHours, specialHours, phone, email, webPage, sources, note, modifiedAt; got 'nmae'." },
        { "column twice", "id,name,name\r\nstoruman,x,y\r\n", "offices, row 1: name must be present only once in the header; got 'name'." },
        { "short row", "id,name\r\nstoruman\r\n", "offices, row 2: must be a row of 2 cells, like the header; got '1 cells'." },
        { "cut off in quotes", "id,name\r\nstoruman,\"x\r\n", "The document: must be complete, with every quoted cell closed and each quote inside a cell doubled (RFC 4180, 2.7); got 'an odd number of quotes, the last in line 2'." },
        { "duplicate id", "id,name\r\nstoruman,x\r\nstoruman,y\r\n", "offices, row 3: id must be unique in the document; row 2 has the same id; got 'storuman'." },
        { "quotes that do not fit", "\"id\"x,name\r\n\"\"", "The document, row 1: must be CSV according to RFC 4180; got 'a cell with misplaced quotes'." },
        { "quotes that do not fit further down", "id,name\r\nstoruman,x\r\ntorsby,\"x\"y\r\n", "The document, row 3: must be CSV according to RFC 4180; got 'a cell with misplaced quotes'." },
        { "bad id", Header + "Ny Ort,x,2421,,,none\r\n", "offices, row 2: id must be 1 to 64 characters of a-z, 0-9 and inner hyphens; got 'Ny Ort'." },
        { "unknown municipality", Header + "ny,x,9999,,,none\r\n", "offices, row 2: municipalityCode must be the four digits of a Swedish municipality or nothing; got '9999'." },
        { "lost zero", Header + "ny,x,114,,,none\r\n", "offices, row 2: municipalityCode must be the four digits of a Swedish municipality or nothing; got '114'." },
        { "swapped coordinates", Header + "ny,x,2421,17.1,65.1,locality\r\n", "offices, row 2: latitude must be a latitude, 55.0 to 69.1: it looks like the longitude, and the longitude 65.1 like the latitude; swap them; got '17.1'." },
        { "outside Sweden", Header + "ny,x,2421,48.9,2.3,locality\r\n", "offices, row 2: latitude must be decimal degrees within Sweden, 55.0 to 69.1 (WGS 84); got '48.9'." },
        { "decimal comma", "id,latitude\r\nstoruman,\"65,1\"\r\n", "offices, row 2: latitude must be a number; got '65,1'." },
        { "list that is none", "id,services\r\nstoruman,skatteverket\r\n", "offices, row 2: services must be a JSON array of {agency, levels} objects; got 'skatteverket'." },
        { "impossible date", "officeId,number,kind,on,precision\r\nstoruman,90,moved,2026-02-30,day\r\n", "events, row 2: on must be a date string, such as 2020-07-01; got '2026-02-30'." },
        { "date far off", "officeId,number,kind,on,precision\r\nstoruman,90,moved,0202-02-03,day\r\n", "events, row 2: on must be a date from 1990-01-01 to 2100-12-31; got '0202-02-03'." },
        { "event before its office", "officeId,number,kind,on,precision\r\nny,1,opened,2026-02-03,day\r\n", "events, row 2: officeId must be the id of an office in the register or in this document; got 'ny'." },
        { "event twice", "officeId,number,kind,on,precision\r\nstoruman,90,moved,2026-02-03,day\r\nstoruman,90,moved,2026-02-04,day\r\n", "events, row 3: number must be unique within the office; row 2 has the same number; got '90'." },
        { "event of no number", "officeId,number,kind,on,precision\r\nstoruman,first,moved,2026-02-03,day\r\n", "events, row 2: number must be a whole number from 1, unique within the office; got 'first'." },
        { "unknown member of a list", "id,services\r\nstoruman,\"[{\"\"agency\"\":\"\"skatteverket\"\",\"\"levels\"\":[],\"\"level\"\":1}]\"\r\n", "offices, row 2: services[0].level must be an item of an array of {agency, levels} objects; got '{\"agency\":\"skatteverket\",\"levels\":[],\"level\":1}'." },
        { "no date", "officeId,number,kind,on,precision\r\nstoruman,90,moved,,day\r\n", "events, row 2: on must be a date string, such as 2020-07-01; on is missing." },
        { "not JSON or CSV", "PK\u0003\u0004\r\n", "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by commas; got 'PK\u0003\u0004'." },
        { "a line of comment", "id,name\r\n# storuman,x\r\n", "offices, row 2: id must be 1 to 64 characters of a-z, 0-9 and inner hyphens; got '# storuman'." },
    };

    [Theory]
    [MemberData(nameof(BadDocuments))]
    public async Task Csv_Invalid_Returns422AndWritesNothing(string description, string text, string message)
    {
        var content = description == "Latin-1" ? Encoding.Latin1.GetBytes(text) : description == "UTF-16" ? Encoding.Unicode.GetBytes("\uFEFF" + text) : Encoding.UTF8.GetBytes(text);

        var response = await Editor.SendAsync("POST", "/register/imports", content, EditorClient.Csv);

        Assert.Equal((422, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.Contains(message, Messages(response));
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("{", "an error in line 1, byte 2")]
    [InlineData("[{\"id\": \"a\", \"id\": \"b\"}]", "got 'a duplicate member'")]
    [InlineData("[{\"id\": \"storuman\"}", "an error in line 1")]
    [InlineData("7", "got 'Number'")]
    [InlineData("{}", "got '{}'")]
    [InlineData("{\"offices\": {}}", "offices must be a JSON array")]
    [InlineData("[7]", "row 1: offices must be JSON objects")]
    [InlineData("[{\"name\": \"x\"}]", "row 1: id must be the office's id")]
    [InlineData("[{\"id\": \"storuman\", \"location\": null, \"latitude\": \"65\"}]", "row 1: latitude must be a number; got '65'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"zip\": \"1\"}}]", "address/zip must be one of the columns")]
    [InlineData("[{\"id\": \"storuman\", \"nmae\": \"x\"}]", "row 1: nmae must be one of the columns")]
    [InlineData(
        "[{\"id\": \"storuman\", \"openingHours\": [{\"dayOfWeek\": \"monday\", \"opens\": \"09:00:00\", \"closes\": \"16:00:00\", \"byAppointment\": false, \"room\": 7}]}]",
        "row 1: openingHours[0].room must be an item of an array of {dayOfWeek, opens, closes, byAppointment} objects; got")]
    [InlineData(
        "[{\"id\": \"storuman\", \"services\": [{\"agency\": \"skatteverket\", \"levels\": [\"general\"], \"level\": \"x\"}]}]",
        "row 1: services[0].level must be an item of an array of {agency, levels} objects; got")]
    [InlineData("{\"events\": [{\"officeId\": \"storuman\", \"number\": 1, \"date\": \"2026-01-01\"}]}", "events, row 1: date must be one of the columns officeId, number, ")]
    [InlineData("id,name\r\nstoruman,x\r\n", "an error in line 1, byte 1")]
    [InlineData("[{\"id\": \"storuman\", \"note\": \"\\ud83d\"}]", "got 'half a surrogate pair in line 1, byte 29'")]
    [InlineData("[{\"id\": \"storuman\",\n\"\\ude00\": null}]", "got 'half a surrogate pair in line 2, byte 1'")]
    [InlineData("[{\"id\": \"storuman\", \"services\": [{\"\\ud83d\": 1}]}]", "got 'half a surrogate pair in line 1, byte 35'")]
    [InlineData("[{\"id\": \"storuman\", \"note\": {\"sv\": \"x\"}}]", "row 1: note must be a string; got '{\"sv\": \"x\"}'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"city\": [\"x\"]}}]", "row 1: address/city must be a string; got '[\"x\"]'.")]
    [InlineData("[{\"id\": [\"storuman\"]}]", "row 1: id must be the office's id; got '[\"storuman\"]'.")]
    [InlineData("[{\"id\": \"storuman\", \"address\": {\"city\": \"x\"}, \"address/city\": \"y\"}]", "row 1: address/city must be set once, by its path or within its object; got 'y'.")]
    [InlineData("[{\"id\": \"storuman\", \"address/city\": \"x\", \"address\": null}]", "row 1: address/city must be set once, by its path or within its object; got 'null'.")]
    [InlineData("<offices><office id=\"storuman\"/></offices>", "an error in line 1, byte 1")]
    public async Task Json_Invalid_Returns422AndWritesNothing(string json, string message)
    {
        var response = await Editor.SendAsync("POST", "/register/imports", json);

        Assert.Equal(422, (int)response.Status);
        Assert.Contains(Messages(response), told => told.Contains(message, StringComparison.Ordinal));
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("iso-8859-1", "the byte 0xC5 in line 1, byte 30 (Windows-1252 or Latin-1, perhaps)")]
    [InlineData("utf-16", "UTF-16, or no text at all")]
    [InlineData("utf-16BE", "UTF-16, or no text at all")]
    public async Task Json_NotUtf8_IsRejectedAndWritesNothing(string encoding, string found)
    {
        var text = Encoding.GetEncoding(encoding);

        var response = await Editor.SendAsync("POST", "/register/imports", [.. text.GetPreamble(), .. text.GetBytes("""[{"id": "storuman", "note": "Åsele"}]""")], EditorClient.Json);

        Assert.Equal((422, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.EndsWith($"in UTF-8, complete and without duplicate members; got '{found}'.", Assert.Single(Messages(response)), StringComparison.Ordinal);
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_MegabyteCell_ProblemShowsTruncatedValue()
    {
        var megabyte = new string('x', 900_000);
        foreach (var document in new[] { $"id,{megabyte}\r\n", $"{megabyte},name\r\n", $"id,name\r\n{megabyte},x\r\n", $"id,services\r\nstoruman,{megabyte}\r\n" })
        {
            var response = await Editor.SendAsync("POST", "/register/imports", document, EditorClient.Csv);

            Assert.Equal(422, (int)response.Status);
            Assert.InRange(response.Content.Length, 0, 10_000);
            Assert.Contains("xxx…", response.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Document_EveryRowInvalid_CountsAllAndListsFirst()
    {
        var response = await Editor.SendAsync("POST", "/register/imports", "id\n" + string.Concat(Enumerable.Range(0, 6000).Select(row => $"!{row}\n")), EditorClient.Csv);

        Assert.StartsWith("The document has 18000 problems. Nothing was written.", response.Object["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((18_000, 10_000), (response.Object["problemCount"]!.GetValue<int>(), response.Object["problems"]!.AsArray().Count));
    }

    [Theory]
    [InlineData(EditorClient.Csv, "id\n", "a\n", "")]
    [InlineData(EditorClient.Json, "[0", ",0", "]")]
    public async Task Document_TooManyRows_IsRejectedImmediately(string mediaType, string begin, string row, string end)
    {
        var response = await Editor.SendAsync("POST", "/register/imports", begin + string.Concat(Enumerable.Repeat(row, 250_001)) + end, mediaType);

        Assert.Equal("offices: must be at most 250000 rows in one document; got 'more'.", Assert.Single(Messages(response)));
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_WrongDelimiter_ProblemNamesDelimiter()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?delimiter=semicolon", "id,name\r\nstoruman,x\r\n", EditorClient.Csv);

        Assert.Equal(
            "The document, row 1: must be the header of a download, with a column id (offices) or officeId (events), separated by semicolons (delimiter=semicolon); got 'id,name'.",
            Assert.Single(Messages(response)));
    }

    [Fact]
    public async Task Document_ManyProblems_ListsEach()
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports", Header + "a,,9999,1,2,door\r\nb,x,0114,,,roof\r\nstoruman,x,2421,65,17,locality\r\n", EditorClient.Csv);

        Assert.Equal(
            ["2 name", "2 municipalityCode", "2 latitude", "2 longitude", "3 locationPrecision"],
            response.Object["problems"]!.AsArray().Select(problem => $"{problem!["row"]} {problem["column"]}"));
        Assert.Single(response.Object["differences"]!.AsArray());
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Csv_FromSpreadsheet_AcceptsSemicolonOption()
    {
        var content = Encoding.UTF8.GetBytes("\uFEFFid;latitude;longitude;locationPrecision;videoMeetings\nstoruman;65,1;17,1;locality;TRUE\n\n");

        var response = await Editor.SendAsync("POST", "/register/imports?delimiter=semicolon", content, EditorClient.Csv);

        Assert.Equal("completed", (await Editor.WaitForImportAsync(response.Location!))["state"]!.GetValue<string>());
        var office = (await Editor.GetAsync("/register/offices/storuman")).Object;
        Assert.Equal((65.1, 17.1, true), (office["latitude"]!.GetValue<double>(), office["longitude"]!.GetValue<double>(), office["videoMeetings"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public async Task Csv_AnyLineEnding_IsAccepted(string end)
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", $"id,note{end}storuman,x{end}torsby,y{end}", EditorClient.Csv);

        Assert.Equal(["storuman", "torsby"], response.Object["differences"]!.AsArray().Select(difference => difference!["officeId"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Content_Compressed_IsAccepted(string coding)
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports?dryRun=true", Compress(coding, Encoding.UTF8.GetBytes("id,note\nstoruman,x\n")), EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal((HttpStatusCode.OK, 1), (response.Status, response.Object["differences"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Content_DecompressedTooLarge_Returns413(string coding)
    {
        var bomb = Compress(coding, new byte[50_000_000]);
        Assert.InRange(bomb.Length, 0, 500_000);

        var response = await Editor.SendAsync("POST", "/register/imports", bomb, EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
        Assert.Contains("Editing:MaxImportBytes", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 400)]
    [InlineData("br", 400)]
    [InlineData("zip", 415)]
    public async Task Content_TruncatedEncoding_IsRejected(string coding, int status)
    {
        var whole = Compress(coding == "br" ? "br" : "gzip", Encoding.UTF8.GetBytes("id,note\n" + string.Concat(Enumerable.Range(0, 2000).Select(index => $"storuman-{index},{Guid.NewGuid()}\n"))));

        var response = await Editor.SendAsync("POST", "/register/imports", whole[..(whole.Length / 2)], EditorClient.Csv, ("Content-Encoding", coding));

        Assert.Equal(status, (int)response.Status);
    }

    [Fact]
    public async Task Content_TooLarge_Returns413BeforeReading()
    {
        var response = await Editor.SendAsync("POST", "/register/imports", new byte[1_000_001], EditorClient.Csv);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
    }

    [Fact]
    public async Task Content_Of200Megabytes_Returns413BeforeSending()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Host.Client.BaseAddress!.Host, Host.Client.BaseAddress.Port, Now);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"POST /register/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-functions-key: {RunningHost.Key}\r\nContent-Type: text/csv\r\nContent-Length: 209715200\r\n\r\n"), Now);
        using StreamReader reader = new(stream);

        Assert.StartsWith("HTTP/1.1 413", await reader.ReadLineAsync(Now), StringComparison.Ordinal);
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Content_EndlessUnknownLength_Returns413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register/imports") { Content = new StreamContent(new EndlessRows()) };
        request.Headers.Add("x-functions-key", RunningHost.Key);
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv");

        HttpStatusCode? status = null;
        try
        {
            using var response = await Host.Client.SendAsync(request, Now);
            status = response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server may close the connection after its response while the client is still sending.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        await AssertNothingWasWrittenAsync();
    }

    [Fact]
    public async Task Json_ByteOrderMark_IsAccepted()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", Encoding.UTF8.GetBytes("\uFEFF[{\"id\": \"storuman\", \"note\": \"x\"}]"), EditorClient.Json);

        Assert.Equal((HttpStatusCode.OK, 1), (response.Status, response.Object["differences"]!.AsArray().Count));
    }

    [Fact]
    public async Task Event_BeforeOpening_ReturnsWarning()
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports?dryRun=true",
            """
            {"offices": [{"id": "ny", "name": "Ny", "locationPrecision": "none"}],
             "events": [{"officeId": "ny", "number": 1, "kind": "closed", "on": "2025-12-31", "precision": "day"},
                        {"officeId": "ny", "number": 2, "kind": "opened", "on": "2026-01-01", "precision": "day"}]}
            """);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(
            ["events, row 1: on must be on or after 2026-01-01, when the office opened; got '2025-12-31'."],
            response.Object["questions"]!.AsArray().Select(question => question!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Upload_Interrupted_WritesNothing()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Host.Client.BaseAddress!.Host, Host.Client.BaseAddress.Port, Now);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"POST /register/imports HTTP/1.1\r\nHost: x\r\nx-functions-key: {RunningHost.Key}\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nid,note\nstoruman,x\n"), Now);
        socket.Client.Shutdown(SocketShutdown.Send);
        using StreamReader reader = new(stream);

        var response = "";
        try
        {
            response = await reader.ReadToEndAsync(Now);
        }
        catch (IOException)
        {
            // The server may close the connection instead of responding to an incomplete request.
        }

        Assert.True(response.Length == 0 || response.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), response);
        await AssertNothingWasWrittenAsync();
    }

    [Theory]
    [InlineData("text/plain", "", 415)]
    [InlineData("text/csv", "?mode=all", 400)]
    [InlineData("text/csv", "?dryRun=yes", 400)]
    [InlineData("text/csv", "?dryrun=true", 400)]
    [InlineData("text/csv", "?delimiter=;", 400)]
    public async Task Import_UnknownOptionOrMediaType_IsRejected(string mediaType, string query, int status)
    {
        Assert.Equal(status, (int)(await Editor.SendAsync("POST", "/register/imports" + query, "id\n", mediaType)).Status);
    }

    [Fact]
    public async Task Import_UnknownId_Returns404()
    {
        foreach (var id in new[] { "nothing", "..", "a%2Fb", "%00" })
        {
            Assert.True((await Editor.GetAsync("/register/imports/" + id)).Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, id);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Editor.SendAsync("POST", "/register/imports/nothing/retry")).Status);
    }

    private static IEnumerable<string> Messages(EditorClient.Answer response) =>
        response.Object["problems"]!.AsArray().Select(problem => problem!["message"]!.GetValue<string>());

    private async Task AssertNothingWasWrittenAsync()
    {
        Assert.Empty((await Editor.GetAsync("/register/imports")).Object["imports"]!.AsArray());
        Assert.All(
            (await Editor.GetAsync("/register/audit")).Object["audit"]!.AsArray(),
            entry => Assert.Equal("starting data", entry!["by"]!.GetValue<string>()));
        Assert.Empty(await Host.Services.GetRequiredService<ImportStore>().GetPendingIdsAsync(Now));
    }

    private static byte[] Compress(string coding, byte[] content)
    {
        using var output = new MemoryStream();
        using (Stream stream = coding == "br" ? new BrotliStream(output, CompressionLevel.Fastest) : new GZipStream(output, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return output.ToArray();
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers) => Host.SendAsync(method, path, headers);

    private async Task<long> RevisionAsync() => JsonNode.Parse(await Host.GetAsync("/health/ready"))!["revision"]!.GetValue<long>();

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Now);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private sealed class EndlessRows : MemoryStream
    {
        private long sent;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Far beyond the limit of a million bytes, but finite, so that a failing test ends.
            if (sent > 200_000_000)
            {
                return ValueTask.FromResult(0);
            }

            buffer.Span.Fill((byte)'x');
            sent += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class ImportHost(string[] settings, Action<IServiceCollection>? stores) : RunningHost(settings, services: services =>
    {
        services.AddSingleton<IReadOnlyList<ExportFormat>>([.. PublishingHarness.MinimalFormats, new ExcelCsvFormat()]);
        stores?.Invoke(services);
    });
}
