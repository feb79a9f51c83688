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
public abstract partial class ImportContract : IAsyncLifetime
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
                Assert.Equal("""{"added":0,"changed":0,"removed":0,"unchanged":104}""", response.Object["offices"]!.ToJsonString());
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
        Assert.Equal(94, refused.Object["offices"]!["removed"]!.GetValue<int>());
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

    [Fact]
    public async Task Import_FiveAtOnce_AcceptsExactlyOne()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(index =>
            Editor.SendAsync("POST", "/register/imports", Header + $"ny{index},Nytt kontor {index},2421,65.1,17.1,locality\r\n", EditorClient.Csv)));

        Assert.Single(responses, response => response.Status == HttpStatusCode.Accepted);
        Assert.Equal(4, responses.Count(response => response.Status == HttpStatusCode.Conflict));
        Assert.Single((await Editor.GetAsync("/register/imports")).Object["imports"]!.AsArray());
    }

    [Theory]
    [InlineData(",,,,,")]
    [InlineData(" , ,\t,,,")]
    [InlineData(",,")]
    public async Task Csv_RowOfSeparators_IsSkipped(string row)
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", $"{Header}{row}\r\nny,Nytt kontor,2421,65.1,17.1,locality\r\n{row}\r\n", EditorClient.Csv);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(1, response.Object["offices"]!["added"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("SANT", true)]
    [InlineData("Falskt", false)]
    [InlineData("TRUE", true)]
    public async Task SemicolonCsv_SwedishTruthValue_IsRead(string cell, bool expected)
    {
        var response = await Editor.SendAsync(
            "POST", "/register/imports?dryRun=true&delimiter=semicolon", $"id;name;locationPrecision;videoMeetings\r\nny;Nytt kontor;none;{cell}\r\n", EditorClient.Csv);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Contains($"\"videoMeetings\"", response.Object["differences"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(expected ? "true" : "false", response.Object["differences"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"dayOfWeek\": \"monday\", \"opens\": \"09:00:00\"}", "openingHours[0].closes")]
    [InlineData("{\"dayOfWeek\": \"måndag\", \"opens\": \"09:00:00\", \"closes\": \"16:00:00\"}", "openingHours[0].dayOfWeek")]
    [InlineData("{\"dayOfWeek\": \"monday\", \"opens\": \"09:00:00\", \"closes\": \"16:00:00\"}", null)]
    public async Task OpeningHours_MissingMember_IsNamedOrDefault(string item, string? column)
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", $"[{{\"id\": \"storuman\", \"openingHours\": [{item}]}}]");

        Assert.Equal(column is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, response.Status);
        if (column is not null)
        {
            Assert.StartsWith($"offices, row 1: {column} must be", Assert.Single(Messages(response)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SpecialHours_OnlyDate_MeansClosedAllDay()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", "[{\"id\": \"storuman\", \"specialHours\": [{\"on\": \"2026-12-24\"}]}]");

        Assert.Equal(HttpStatusCode.OK, response.Status);
    }

    [Fact]
    public async Task Office_ValuesAsEditorsWriteThem_AreNormalized()
    {
        var etag = (await Editor.GetAsync("/register/offices/storuman")).ETag!;

        var response = await Editor.PatchAsync(
            "/register/offices/storuman", etag, """{"phone": "0771-178 000", "address": {"postalCode": "923 31"}, "webPage": "www.statenssc.se/storuman"}""");

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal("0771178000", response.Object["phone"]!.GetValue<string>());
        Assert.Equal("92331", response.Object["address"]!["postalCode"]!.GetValue<string>());
        Assert.Equal("https://www.statenssc.se/storuman", response.Object["webPage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Csv_BlankBeforeQuote_AsksQuestion()
    {
        var response = await Editor.SendAsync("POST", "/register/imports?dryRun=true", "id,name,locationPrecision\r\nny, \"Nytt\",none\r\n", EditorClient.Csv);

        Assert.Equal(HttpStatusCode.OK, response.Status);
        var question = Assert.Single(response.Object["questions"]!.AsArray())!;
        Assert.StartsWith("offices, row 2: name must be a value without a blank before the quote", question["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("W/\"{0}\"")]
    [InlineData("\"{0}-gzip\"")]
    public async Task Edit_TagChangedByProxy_Returns412WithReason(string format)
    {
        var tag = (await Editor.GetAsync("/register/offices/storuman")).ETag!.Trim('"');

        var response = await Editor.PatchAsync("/register/offices/storuman", format.Replace("{0}", tag, StringComparison.Ordinal), "{}");

        Assert.Equal(HttpStatusCode.PreconditionFailed, response.Status);
        Assert.Contains("Send the ETag without W/", response.Object["detail"]!.GetValue<string>(), StringComparison.Ordinal);
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

    private static IEnumerable<string> Messages(EditorClient.Response response) =>
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
