using System.Net;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>Requests that a client sends again because it did not receive the response (draft-ietf-httpapi-idempotency-key-header).</summary>
public abstract partial class EditingContract
{
    private const string EventsPath = "/register/offices/storuman/events";
    private const string MovedEvent = """{"kind": "moved", "on": "2026-05-01", "precision": "day"}""";

    [Fact]
    public async Task PostEvent_SameKey_ReturnsResultOfFirstRequest()
    {
        var first = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"8e03978e\""));
        var count = (await Editor.GetAsync("/register/audit?officeId=storuman")).Object["audit"]!.AsArray().Count;

        var second = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"8e03978e\""));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, second.Status));
        Assert.Equal((first.Location, first.ETag, first.Text), (second.Location, second.ETag, second.Text));
        Assert.Equal(count, (await Editor.GetAsync("/register/audit?officeId=storuman")).Object["audit"]!.AsArray().Count);
    }

    [Fact]
    public async Task PostEvent_SameKeyAfterLaterEdit_ReturnsEventAndIgnoresOldIfMatch()
    {
        var etag = (await Editor.GetAsync("/register/offices/storuman")).ETag!;
        (string, string)[] headers = [("Idempotency-Key", "\"a\""), ("If-Match", etag)];
        var first = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", headers);
        await Editor.PatchAsync("/register/offices/storuman", "*", """{"note": "x"}""");

        var second = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", headers);

        Assert.Equal((HttpStatusCode.Created, first.Location), (second.Status, second.Location));
        Assert.Equal((await Editor.GetAsync("/register/offices/storuman")).ETag, second.ETag);
    }

    [Fact]
    public async Task PostEvent_SameKeyOtherContent_Returns422()
    {
        await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"a\""));

        var second = await Editor.SendAsync("POST", EventsPath, MovedEvent.Replace("05-01", "05-02", StringComparison.Ordinal), "application/json", ("Idempotency-Key", "\"a\""));

        Assert.Equal((422, "application/problem+json"), ((int)second.Status, second.MediaType));
        Assert.Contains("Idempotency-Key", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostEvent_SameKeyConcurrently_AddsOneEvent()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"a\""))));

        Assert.All(responses, response => Assert.True(response.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, response.Text));
        Assert.Single(responses.Where(response => response.Status == HttpStatusCode.Created).Select(response => response.Location).Distinct());
        Assert.Single((await Editor.GetAsync("/register/audit?officeId=storuman")).Object["audit"]!.AsArray(), entry => entry!["by"]!.GetValue<string>() != "starting data");
    }

    [Fact]
    public async Task PostEvent_SameKeyAfterRemoval_Returns410()
    {
        var first = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"a\""));
        await Editor.DeleteAsync(first.Location + "?reason=x", "*");

        var second = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", "\"a\""));

        Assert.Equal(HttpStatusCode.Gone, second.Status);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"\"")]
    [InlineData("\"a\", \"b\"")]
    public async Task PostEvent_InvalidKey_Returns400(string key)
    {
        var response = await Editor.SendAsync("POST", EventsPath, MovedEvent, "application/json", ("Idempotency-Key", key));

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
    }

    [Fact]
    public async Task PostEvent_SameValuesWithoutKey_Returns409UnlessAllowed()
    {
        var first = await Editor.SendAsync("POST", EventsPath, MovedEvent);

        var second = await Editor.SendAsync("POST", EventsPath, MovedEvent);
        var forced = await Editor.SendAsync("POST", EventsPath + "?allowDuplicate=true", MovedEvent);

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains(first.Location!, second.Text, StringComparison.Ordinal);
        Assert.Contains("allowDuplicate=true", second.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, forced.Status);
        Assert.NotEqual(first.Location, forced.Location);
    }
}
