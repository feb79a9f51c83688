using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Testing.Hosting;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>The contract of /register on every kind of store.</summary>
public abstract partial class EditingContract : IAsyncLifetime
{
    private const string Minimal = """{"name": "Servicekontor", "locationPrecision": "none"}""";

    private RunningHost? host;

    private protected RunningHost Host => host!;

    private protected EditorClient Editor => new(Host.Client);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected virtual string[] Settings => [];

    private protected virtual Action<IServiceCollection>? Stores => null;

    public async ValueTask InitializeAsync()
    {
        host = new EditingHost(Settings, Stores);
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
    public async Task Get_Office_HasEditableColumnsAndETag()
    {
        var response = await Editor.GetAsync("/register/offices/storuman");

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal(
            ["id", "name", "kind", "basis", "municipalityCode", "locality", "vulnerableAreas", "address", "latitude", "longitude", "locationPrecision", "services",
                "videoMeetings", "videoMeetingsSince", "openingHours", "specialHours", "phone", "email", "webPage", "sources", "note"],
            response.Object.Select(member => member.Key));
        Assert.Matches("^\"1-[0-9a-f]{12}\"$", response.ETag);
    }

    [Fact]
    public async Task Put_UnchangedOffice_WritesNothing()
    {
        var existing = await Editor.GetAsync("/register/offices/storuman");

        var put = await Editor.PutAsync("/register/offices/storuman", existing.ETag, existing.Text);

        Assert.Equal((HttpStatusCode.OK, existing.ETag), (put.Status, put.ETag));
    }

    [Fact]
    public async Task Put_NewOffice_IsPublishedWithinTwoSeconds()
    {
        var stopwatch = Stopwatch.StartNew();
        var created = await Editor.PutAsync(
            "/register/offices/provorten", null,
            """{"name": "Provorten", "municipalityCode": "2421", "latitude": 65.0956, "longitude": 17.1172, "locationPrecision": "locality", "address": {"city": "Storuman"}}""");
        var accepted = stopwatch.Elapsed;

        await PublicAsync("/odata/v1/offices('provorten')/name", "Provorten");

        Assert.Equal((HttpStatusCode.Created, "/register/offices/provorten"), (created.Status, created.Location));
        TestContext.Current.TestOutputHelper?.WriteLine($"accepted after {accepted.TotalMilliseconds:0} ms, public {(stopwatch.Elapsed - accepted).TotalMilliseconds:0} ms later");
        Assert.InRange(stopwatch.Elapsed - accepted, TimeSpan.Zero, TimeSpan.FromSeconds(2 * SlowMachineFactor));
    }

    [Fact]
    public async Task Patch_Office_ChangesGivenColumnsOnly()
    {
        var existing = await Editor.GetAsync("/register/offices/storuman");

        var patched = await Editor.PatchAsync("/register/offices/storuman", existing.ETag!, """{"phone": "+46771223344", "note": null, "address": {"city": "Storuman"}}""");

        var expected = existing.Object;
        expected["phone"] = "+46771223344";
        expected["note"] = null;
        expected["address"] = JsonNode.Parse("""{"street": null, "postalCode": null, "city": "Storuman"}""");
        Assert.Equal(HttpStatusCode.OK, patched.Status);
        Assert.True(JsonNode.DeepEquals(expected, patched.Object), patched.Text);
        Assert.NotEqual(existing.ETag, patched.ETag);
        Assert.Equal(patched.ETag, (await Editor.GetAsync("/register/offices/storuman")).ETag);
    }

    [Fact]
    public async Task Put_StaleETag_Returns412WithCurrentVersion()
    {
        var existing = await Editor.GetAsync("/register/offices/storuman");
        var first = await Editor.PatchAsync("/register/offices/storuman", existing.ETag!, """{"phone": "0101"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.Status);
        first = await Editor.PatchAsync("/register/offices/storuman", existing.ETag!, """{"phone": "010111"}""");

        var second = await Editor.PatchAsync("/register/offices/storuman", existing.ETag!, """{"phone": "010222"}""");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((HttpStatusCode.PreconditionFailed, first.ETag, "application/problem+json"), (second.Status, second.ETag, second.MediaType));
        Assert.Equal(first.ETag, second.Object["etag"]!.GetValue<string>());
        Assert.Equal(2, second.Object["version"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(first.Object, second.Object["current"]));
    }

    [Theory]
    [InlineData("PUT", "/register/offices/storuman")]
    [InlineData("PATCH", "/register/offices/storuman")]
    [InlineData("DELETE", "/register/offices/storuman?reason=x")]
    [InlineData("PUT", "/register/offices/storuman/events/1")]
    [InlineData("PATCH", "/register/offices/storuman/events/1")]
    [InlineData("DELETE", "/register/offices/storuman/events/1?reason=x")]
    public async Task Put_WithoutPrecondition_Returns428(string method, string path)
    {
        var response = await Editor.SendAsync(method, path, Minimal);

        Assert.Equal((428, "application/problem+json"), ((int)response.Status, response.MediaType));
    }

    [Fact]
    public async Task Put_IfNoneMatchOnExistingOffice_Returns412()
    {
        Assert.Equal(HttpStatusCode.Created, (await Editor.PutAsync("/register/offices/ny", null, Minimal)).Status);

        var second = await Editor.PutAsync("/register/offices/ny", null, Minimal);

        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        Assert.Equal("Servicekontor", second.Object["current"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Put_IfMatchOnMissingOffice_Returns412()
    {
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Editor.PutAsync("/register/offices/ny", "*", Minimal)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Editor.PatchAsync("/register/offices/ny", "\"1-abc\"", """{"note": "x"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Editor.DeleteAsync("/register/offices/ny?reason=x", "*")).Status);
    }

    [Fact]
    public async Task Delete_Office_HasTombstoneInFeedAndAudit()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Editor.DeleteAsync("/register/offices/storuman", "*")).Status);

        var removed = await Editor.DeleteAsync("/register/offices/storuman?reason=fel%20i%20registret", "*");

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Editor.GetAsync("/register/offices/storuman")).Status);
        await WaitAsync(async () => (await Host.GetAsync("/feeds/changes.atom")).Contains("deleted-entry", StringComparison.Ordinal));
        var audit = (await Editor.GetAsync("/register/audit?officeId=storuman")).Object["audit"]!.AsArray();
        Assert.Equal(
            [("removed", 1, 2, "fel i registret"), ("created", 0, 1, null)],
            audit.Select(entry => (
                entry!["action"]!.GetValue<string>(), entry["fromVersion"]!.GetValue<int>(), entry["toVersion"]!.GetValue<int>(), entry["reason"]?.GetValue<string>())));
    }

    [Fact]
    public async Task Events_AddedChangedRemoved_KeepNumbers()
    {
        var added = await Editor.SendAsync("POST", "/register/offices/storuman/events", """{"kind": "moved", "on": "2026-05-01", "precision": "day"}""");
        var number = added.Object["number"]!.GetValue<int>();
        var path = $"/register/offices/storuman/events/{number}";
        Assert.Equal((HttpStatusCode.Created, path), (added.Status, added.Location));

        var patched = await Editor.PatchAsync(path, added.ETag!, """{"note": "till nya lokaler"}""");
        Assert.Equal((HttpStatusCode.OK, "till nya lokaler"), (patched.Status, patched.Object["note"]!.GetValue<string>()));
        var put = await Editor.PutAsync(path, patched.ETag, """{"kind": "moved", "on": "2026-06-01", "precision": "month"}""");
        Assert.Equal((HttpStatusCode.OK, null), (put.Status, put.Object["note"]));
        Assert.Equal(HttpStatusCode.NoContent, (await Editor.DeleteAsync(path + "?reason=fel", put.ETag!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Editor.GetAsync(path)).Status);

        var next = await Editor.SendAsync("POST", "/register/offices/storuman/events", """{"kind": "moved", "on": "2026-05-01", "precision": "day"}""");
        Assert.Equal(number + 1, next.Object["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Event_ImpossibleDate_ErrorNamesColumn()
    {
        var response = await Editor.SendAsync("POST", "/register/offices/storuman/events", """{"kind": "moved", "on": "2026-05-02", "precision": "month"}""");

        Assert.Equal(422, (int)response.Status);
        Assert.Equal("on", response.Object["problems"]![0]!["column"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, (await Editor.SendAsync("POST", "/register/offices/nowhere/events", """{"kind": "moved", "on": "2026-05-01", "precision": "day"}""")).Status);
    }

    [Fact]
    public async Task Edits_Concurrent_AreAllPublishedInFewRevisions()
    {
        const int writers = 10, each = 10;
        var before = await RevisionAsync();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var edit = 0; edit < each; edit++)
            {
                var response = await Editor.SendAsync(
                    "POST", "/register/offices/storuman/events", $$"""{"kind": "hoursChanged", "on": "2026-05-01", "precision": "day", "note": "{{writer}}/{{edit}}"}""");
                Assert.True(response.Status == HttpStatusCode.Created || response.Text.Contains("events must be a list of at most 98", StringComparison.Ordinal), response.Text);
            }
        }));

        var kept = JsonNode.Parse((await Editor.GetAsync("/register/offices/storuman/events")).Text)!.AsArray();
        // The limit is 98 events per office including those of the seed register; further ones were rejected and none was lost.
        Assert.Equal(98, kept.Count);
        Assert.Equal(kept.Count, kept.Select(lifecycleEvent => lifecycleEvent!["number"]!.GetValue<int>()).Distinct().Count());
        await WaitAsync(async () => (await Host.GetAsync("/odata/v1/events/$count?$filter=officeId eq 'storuman'")).Contains("98", StringComparison.Ordinal));
        var revisions = await RevisionAsync() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{writers * each} edits, {revisions} publications");
        Assert.InRange(revisions, 1, 30);
    }

    [Fact]
    public async Task Audit_UntilLastTimestamp_ContinuesWithEarlierEntries()
    {
        await Editor.PatchAsync("/register/offices/storuman", "*", """{"note": "x"}""");
        var all = (await Editor.GetAsync("/register/audit?officeId=storuman")).Object["audit"]!.AsArray();
        var first = all[1]!["at"]!.GetValue<string>();

        var earlier = (await Editor.GetAsync("/register/audit?officeId=storuman&until=" + Uri.EscapeDataString(first))).Object["audit"]!.AsArray();

        Assert.Equal(2, all.Count);
        Assert.True(JsonNode.DeepEquals(all[1], Assert.Single(earlier)));
        Assert.Empty((await Editor.GetAsync("/register/audit?until=2020-01-01")).Object["audit"]!.AsArray());
        var wrong = await Editor.GetAsync("/register/audit?until=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("until must be a date or a time, such as 2026-11-23 or 2026-11-23T08:00:00Z; got 'yesterday'.", wrong.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/register/offices")]
    [InlineData("PATCH", "/register/offices/storuman")]
    [InlineData("GET", "/register/audit")]
    [InlineData("POST", "/register/imports")]
    [InlineData("POST", "/register/refresh")]
    [InlineData("POST", "/register/refresh/")]
    [InlineData("GET", "/register/missing")]
    public async Task FunctionKey_InUrl_IsRejected(string method, string path)
    {
        var revision = await RevisionAsync();

        using var response = await Host.SendAsync(method, $"{path}?code={Uri.EscapeDataString(RunningHost.Key)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Send the key in the header x-functions-key", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(revision, await RevisionAsync());
    }

    [Fact]
    public async Task Export_Reimported_ChangesNothing()
    {
        var export = await Editor.GetAsync("/register/export");

        var response = await Editor.SendAsync("POST", "/register/imports?mode=replace", export.Content, EditorClient.Json);

        Assert.Equal((HttpStatusCode.OK, 0), (response.Status, response.Object["differences"]!.AsArray().Count));
        Assert.Equal("""{"added":0,"changed":0,"removed":0,"unchanged":104}""", response.Object["offices"]!.ToJsonString());
    }

    /// <summary>The tolerance for a busy machine, as a factor.</summary>
    private protected static double SlowMachineFactor => 3;

    private protected async Task<long> RevisionAsync() =>
        JsonNode.Parse(await Host.GetAsync("/health/ready"))!["revision"]!.GetValue<long>();

    private protected async Task PublicAsync(string path, string text) => await WaitAsync(async () =>
    {
        using var response = await Host.SendAsync("GET", path);
        return (await response.Content.ReadAsStringAsync(Now)).Contains(text, StringComparison.Ordinal);
    });

    private protected static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Now);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private sealed class EditingHost(string[] settings, Action<IServiceCollection>? stores) : RunningHost(settings, services: services =>
    {
        services.AddSingleton(PublishingHarness.MinimalFormats);
        stores?.Invoke(services);
    });
}
