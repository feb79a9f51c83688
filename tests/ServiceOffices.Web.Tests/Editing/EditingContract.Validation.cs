using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Editing;

public abstract partial class EditingContract
{
    [Fact]
    public async Task Put_InvalidOffice_Returns422WithEveryProblem()
    {
        var response = await Editor.PutAsync(
            "/register/offices/storuman", "*",
            """
            {"id": "other", "name": "", "kind": "big", "municipalityCode": 114, "latitude": 17.1, "longitude": 65.1, "locationPrecision": "door",
             "videoMeetingsSince": "2026-02-30", "status": "open", "services": [{"agency": "x", "levels": []}, {"levels": []}], "adress": {}}
            """);

        Assert.Equal((422, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.Equal(
            ["status", "adress", "municipalityCode", "services[1].agency", "videoMeetingsSince", "id", "name", "kind", "latitude"],
            response.Object["problems"]!.AsArray().Select(problem => problem!["column"]!.GetValue<string>()));
        Assert.StartsWith("1-", (await Editor.GetAsync("/register/offices/storuman")).ETag!.Trim('"'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"openingHours": [{"dayOfWeek": "monday", "opens": "09:00:00", "closes": "16:00:00", "byAppointment": false, "room": 7}]}""", "openingHours[0].room")]
    [InlineData("""{"specialHours": [{"on": "2026-12-24", "opens": null, "closes": null, "reason": null, "why": "jul"}]}""", "specialHours[0].why")]
    [InlineData("""{"services": [{"agency": "skatteverket", "levels": ["general"]}, {"agency": "csn", "levels": [], "level": "general"}]}""", "services[1].level")]
    [InlineData("""{"address": {"street": "Storgatan 1", "zip": "92321"}}""", "address/zip")]
    public async Task Put_UnknownMember_Returns422AtAnyDepth(string content, string column)
    {
        foreach (var method in new[] { "PATCH", "PUT" })
        {
            var body = method == "PUT" ? """{"name": "x", "locationPrecision": "none", """ + content[1..] : content;
            var response = await Editor.SendAsync(method, "/register/offices/storuman", body, method == "PUT" ? "application/json" : "application/merge-patch+json", ("If-Match", "*"));

            Assert.Equal((422, column), ((int)response.Status, response.Object["problems"]!.AsArray().Single()!["column"]!.GetValue<string>()));
        }

        Assert.StartsWith("1-", (await Editor.GetAsync("/register/offices/storuman")).ETag!.Trim('"'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_SwappedCoordinates_Returns422()
    {
        var response = await Editor.PatchAsync("/register/offices/storuman", "*", """{"latitude": 17.1172, "longitude": 65.0956}""");

        Assert.Equal(422, (int)response.Status);
        Assert.Contains("it looks like the longitude, and the longitude 65.0956 like the latitude; swap them", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("""{"name": "a", "name": "b"}""", "application/json", 400)]
    [InlineData("", "application/json", 400)]
    [InlineData("name=a", "application/x-www-form-urlencoded", 415)]
    public async Task Put_ContentNotObject_IsRejected(string content, string mediaType, int status)
    {
        var response = await Editor.SendAsync("PUT", "/register/offices/storuman", content, mediaType, ("If-Match", "*"));

        Assert.Equal((status, "application/problem+json"), ((int)response.Status, response.MediaType));
    }

    [Theory]
    [InlineData("{\"note\": \"\u00c5\"}", "the byte 0xC5 in line 1, byte 11 (Windows-1252 or Latin-1, perhaps)")]
    [InlineData("{\"\u00c5\": null}", "the byte 0xC5 in line 1, byte 3 (Windows-1252 or Latin-1, perhaps)")]
    [InlineData("{\"note\": \"\\ud83d\"}", "a lone surrogate in line 1, byte 10")]
    [InlineData("{\"\\ude00\": null}", "a lone surrogate in line 1, byte 2")]
    public async Task Put_MalformedJson_Returns400WithPosition(string content, string found)
    {
        var response = await Editor.SendAsync("PATCH", "/register/offices/storuman", System.Text.Encoding.Latin1.GetBytes(content), EditorClient.Patch, ("If-Match", "*"));

        Assert.Equal((400, "application/problem+json"), ((int)response.Status, response.MediaType));
        Assert.Equal($"The content must be a JSON object in UTF-8 without duplicate members; found {found}.", response.Object["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Put_ByteOrderMark_IsAccepted()
    {
        Assert.Equal(HttpStatusCode.OK, (await Editor.PatchAsync("/register/offices/storuman", "*", "\uFEFF{\"note\": \"x\"}")).Status);
    }

    // RFC 7396, 2: a member that is an object would replace the string with an object.
    [Theory]
    [InlineData("""{"note": {"sv": "x"}}""", "note")]
    [InlineData("""{"note": ["x"]}""", "note")]
    [InlineData("""{"address": {"city": {}}}""", "address/city")]
    [InlineData("""{"address": {"city": "x"}, "address/city": "y"}""", "address/city")]
    public async Task Put_ObjectInsteadOfString_IsRejected(string content, string column)
    {
        var response = await Editor.PatchAsync("/register/offices/storuman", "*", content);

        Assert.Equal((422, column), ((int)response.Status, response.Object["problems"]!.AsArray().Single()!["column"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Put_TooLarge_Returns413()
    {
        var response = await Editor.PutAsync("/register/offices/storuman", "*", "{\"note\": \"" + new string('x', 1024 * 1024) + "\"}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
        Assert.Contains("Editing:MaxBodyBytes", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_PropertyOverAzureLimit_ErrorNamesProperty()
    {
        var sources = string.Join(',', Enumerable.Range(0, 900).Select(index => $"\"https://example.se/{index:D40}\""));

        var response = await Editor.PatchAsync("/register/offices/storuman", "*", $$"""{"sources": [{{sources}}]}""");

        Assert.Equal(422, (int)response.Status);
        Assert.Contains("sources must be at most 32768 characters as stored (64 KiB of UTF-16)", response.Text, StringComparison.Ordinal);
    }
}
