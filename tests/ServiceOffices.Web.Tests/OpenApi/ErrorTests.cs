using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Provokes every error that the contract documents, by a request here or in a test listed in <see cref="Elsewhere"/>.</summary>
public sealed class ErrorTests(ContractHost host) : IClassFixture<ContractHost>
{
    // OData:MaxQueryLength allows 32 768 characters.
    private static readonly string LongText = new('a', 32_800);

    private const string Damaged = "kista";

    private static readonly string[] OtherMethods = ["DELETE", "PUT", "POST", "PATCH"];

    /// <summary>Tests of errors that are not provoked here, by method (empty for any), status and path prefix.</summary>
    private static readonly (string Method, int Status, string Path, string Class, string Test)[] Elsewhere =
    [
        ("", 401, "/", "ContractTests", "Operation_WithoutCredential_ReturnsDocumentedStatus"),
        ("", 429, "/", "HostileRequestTests", "WrongKeys_Many_Return429"),
        ("", 403, "/", "AccessTests", "Documentation_EachPathMethodAndCredential_MatchesHost"),
        ("", 500, "/", "RequestPipelineTests", "Exception_InEndpoint_Returns500WithoutDetails"),
        ("", 503, "/", "RequestPipelineTests", "Storage_Unavailable_Returns503WithRetryAfter"),
        ("get", 404, "/entra/register/offices", "EndToEndTests", "TokenRoutes_TokensDisabled_Return404"),
        ("", 409, "/register/refresh", "EndpointsTests", "Refresh_Concurrent_Returns409"),
        ("", 409, "/register/imports", "ImportContract", "Replace_RemovingManyOffices_Returns409WithoutConfirmation"),
        ("", 413, "/register/imports", "ImportContract", "Content_TooLarge_Returns413BeforeReading"),
        ("", 422, "/register/imports", "ImportContract", "Csv_Invalid_Returns422AndWritesNothing"),
        ("", 422, "/register/offices/{id}/events", "EditingContract", "Event_ImpossibleDate_ErrorNamesColumn"),
        ("post", 410, "/register/offices/{id}/events", "EditingContract", "PostEvent_SameKeyAfterRemoval_Returns410"),
        ("", 422, "/register/offices/{id}", "EditingContract", "Put_InvalidOffice_Returns422WithEveryProblem"),
        ("", 410, "/odata/v1/", "PagingTests", "Page_ExpiredRevision_Returns410"),
    ];

    public static async Task<IEnumerable<TheoryDataRow<string, string, int>>> Errors() =>
        (await DocumentedAsync()).Where(error => IsProvokedHere(error.Method, error.Status, error.Path)).Select(error => new TheoryDataRow<string, string, int>(error.Method, error.Path, error.Status));

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Error_Provoked_HasDocumentedStatusAndSchema(string method, string path, int status)
    {
        var operations = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Where(operation => operation.Path == path).ToList();
        var operation = operations.Single(operation => operation.Method == method).Operation;
        var (verb, url) = (method.ToUpperInvariant(), host.Url(path, operation));
        var options = new List<string>();
        using var request = new HttpRequestMessage();
        switch (status)
        {
            case 400:
                options.Add("$nonsense=1");
                break;
            case 404:
                url = ContractHost.Url(path, operation, Unknown);
                if (!path.Contains('{', StringComparison.Ordinal))
                {
                    options.Add("revision=999999999");
                }

                break;
            case 405:
                verb = OtherMethods.First(other => operations.All(known => !known.Method.Equals(other, StringComparison.OrdinalIgnoreCase)));
                break;
            case 406:
                request.Headers.Add("Accept", "application/x-nothing");
                break;
            case 409:
                host.Damage(Damaged);
                url = ContractHost.Url(path, operation, parameter => parameter.Name == "id" ? Damaged : parameter.Example!.ToString());
                break;
            case 414:
                options.Add("$filter=" + LongText);
                break;
            case 416:
                request.Headers.Add("Range", "bytes=999999999-");
                break;
            case 501:
                options.Add("$index=0");
                break;
        }

        if (verb == "DELETE" && status != 405)
        {
            options.Add("reason=test");
        }

        request.Method = new HttpMethod(verb);
        request.RequestUri = new Uri(options.Count == 0 ? url : $"{url}?{string.Join('&', options)}", UriKind.Relative);
        if (status != 428 && (method != "get" || status == 412))
        {
            request.Headers.TryAddWithoutValidation("If-Match", status is 409 or 412 ? "\"1-abc\"" : "*");
        }

        if (operation.RequestBody is { Content: { } contents } && status != 405)
        {
            request.Content = new StringContent(status == 413 ? new string(' ', 2_000_000) : GetContent(path, status));
            request.Content.Headers.ContentType = new(status == 415 ? "text/x-nothing" : contents.Keys.First());
        }

        host.Authorize(request, operation);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        var mediaType = response.Content.Headers.ContentType!.MediaType!;
        Assert.Contains(mediaType, operation.Responses![status.ToString(CultureInfo.InvariantCulture)].Content!.Keys);
        if (mediaType.EndsWith("json", StringComparison.Ordinal))
        {
            await CheckShapeAsync(path, status, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
        }
    }

    [Fact]
    public async Task Errors_NotProvokedHere_HaveTestElsewhere()
    {
        var missing = (await DocumentedAsync())
            .Where(error => !IsProvokedHere(error.Method, error.Status, error.Path) && !Elsewhere.Any(test => Matches(test, error)))
            .Select(error => $"{error.Status} {error.Method} {error.Path}");

        Assert.Empty(missing);
        Assert.All(Elsewhere, test => Assert.True(IsTest(test.Class, test.Test), $"{test.Class} has no test {test.Test}."));
    }

    // Some of the classes belong to other test projects, so the sources are read.
    private static bool IsTest(string className, string method) =>
        Directory.EnumerateFiles(Repository.PathTo("tests"), className + ".*cs", new EnumerationOptions { RecurseSubdirectories = true })
            .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"^    \[(Fact|Theory)\b[^\n]*\n(?:    \[[^\n]*\n)*    public (?:async Task|Task|void) {method}\(", RegexOptions.Multiline));

    // RFC 9457, 3.1: the type links to a page; OData has its own error format (JSON Format 4.01, 21.1).
    private async Task CheckShapeAsync(string path, int status, JsonElement body)
    {
        if (path.StartsWith("/odata/", StringComparison.Ordinal))
        {
            Assert.NotEqual("", body.GetProperty("error").GetProperty("code").GetString());
            Assert.NotEqual("", body.GetProperty("error").GetProperty("message").GetString());
            return;
        }

        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.NotEqual("", body.GetProperty("title").GetString());
        using var page = await host.Client.GetAsync(new Uri(body.GetProperty("type").GetString()!, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType!.MediaType));
    }

    private static async Task<IReadOnlyList<(string Method, int Status, string Path)>> DocumentedAsync() =>
        [.. from operation in OpenApiContract.GetOperations(await OpenApiContract.ReadAsync())
            from response in operation.Operation.Responses!
            let status = int.Parse(response.Key, CultureInfo.InvariantCulture)
            where status >= 400
            select (operation.Method, status, operation.Path)];

    private static bool IsProvokedHere(string method, int status, string path) =>
        !Elsewhere.Any(test => Matches(test, (method, status, path)));

    private static bool Matches((string Method, int Status, string Path, string Class, string Test) test, (string Method, int Status, string Path) error) =>
        test.Status == error.Status && (test.Method == "" || test.Method == error.Method) && error.Path.StartsWith(test.Path, StringComparison.Ordinal);

    // Valid except for the tested error.
    private static string GetContent(string path, int status) => path.Split('/')[^1] switch
    {
        "$batch" when status != 400 => """{"requests":[]}""",
        "$query" => "$top=1",
        "events" => """{"kind": "moved", "on": "2024-01-01", "precision": "day"}""",
        _ => "{}",
    };

    private static string Unknown(IOpenApiParameter parameter) => parameter.Schema switch
    {
        { Type: JsonSchemaType.Integer } => "999999999",
        { Format: "date" } => "1800-01-01",
        _ => "nothing",
    };
}
