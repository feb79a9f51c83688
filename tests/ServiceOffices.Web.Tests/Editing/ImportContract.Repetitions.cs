using System.Net;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Editing;

/// <summary>Imports that are sent again, and imports at the same time.</summary>
public abstract partial class ImportContract
{
    [Fact]
    public async Task Import_SameKey_IsAcceptedOnce()
    {
        const string Document = Header + "ny,Nytt kontor,2421,65.1,17.1,locality\r\n";
        var first = await Editor.SendAsync("POST", "/register/imports", Document, EditorClient.Csv, ("Idempotency-Key", "\"i\""));
        await Editor.WaitForImportAsync(first.Location!);

        var second = await Editor.SendAsync("POST", "/register/imports", Document, EditorClient.Csv, ("Idempotency-Key", "\"i\""));
        var other = await Editor.SendAsync("POST", "/register/imports", Document.Replace("Nytt", "Annat", StringComparison.Ordinal), EditorClient.Csv, ("Idempotency-Key", "\"i\""));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, second.Status));
        Assert.Equal((first.Location, first.Text), (second.Location, second.Text));
        Assert.Equal(422, (int)other.Status);
        Assert.Single((await Editor.GetAsync("/register/imports")).Object["imports"]!.AsArray());
    }

    [Fact]
    public async Task Import_TwentyAtOnce_AcceptsExactlyOne()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(index =>
            Editor.SendAsync("POST", "/register/imports", Header + $"ny{index},Nytt kontor {index},2421,65.1,17.1,locality\r\n", EditorClient.Csv)));

        // Those that read the register after the first was applied may be accepted after it, one at a time.
        var accepted = responses.Where(response => response.Status == HttpStatusCode.Accepted).ToArray();
        Assert.NotEmpty(accepted);
        Assert.All(responses.Except(accepted), response => Assert.Equal(HttpStatusCode.Conflict, response.Status));
        foreach (var response in accepted)
        {
            Assert.Equal("completed", (await Editor.WaitForImportAsync(response.Location!))["state"]!.GetValue<string>());
        }

        Assert.Equal(accepted.Length, (await Editor.GetAsync("/register/imports")).Object["imports"]!.AsArray().Count);
        Assert.Equal(104 + accepted.Length, (await Editor.GetAsync("/register/offices")).Object["offices"]!.AsArray().Count);
    }

    [Fact]
    public async Task Replace_EditsDuringImport_EqualsDocumentOrListsConflicts()
    {
        var document = await Host.GetAsync("/downloads/offices.csv");
        var changed = document.Replace("Servicekontor ", "Kontor ", StringComparison.Ordinal);
        var importing = Editor.SendAsync("POST", "/register/imports?mode=replace", changed, EditorClient.Csv);
        var edits = new[] { "torsby", "kiruna", "asele" }.Select(id => Editor.PatchAsync($"/register/offices/{id}", "*", """{"note": "Under importen"}"""));
        await Task.WhenAll(edits);
        var accepted = await importing;
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);

        var result = await Editor.WaitForImportAsync(accepted.Location!);

        var listed = result["conflicts"]!.AsArray().Select(conflict => conflict!["officeId"]!.GetValue<string>()).ToHashSet();
        var report = await Editor.SendAsync("POST", "/register/imports?mode=replace&dryRun=true", changed, EditorClient.Csv);
        Assert.Equal(HttpStatusCode.OK, report.Status);
        var differing = report.Object["differences"]!.AsArray().Select(difference => difference!["officeId"]!.GetValue<string>());
        Assert.All(differing, id => Assert.Contains(id, listed));
    }
}
