using Microsoft.OpenApi;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Calls every operation of the contract on a running host.</summary>
public sealed class ContractTests(ContractHost host) : IClassFixture<ContractHost>
{
    public static async Task<IEnumerable<TheoryDataRow<string, string>>> Operations() =>
        OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Select(operation => new TheoryDataRow<string, string>(operation.Method, operation.Path));

    /// <summary>The operations without content; <see cref="ExampleTests"/> calls the others.</summary>
    public static async Task<IEnumerable<TheoryDataRow<string, string>>> OperationsThatAnswer() =>
        OpenApiContract.GetOperations(await OpenApiContract.ReadAsync())
            .Where(operation => operation.Method == "get" || operation.Path == "/register/refresh")
            .Select(operation => new TheoryDataRow<string, string>(operation.Method, operation.Path));

    public static async Task<IEnumerable<TheoryDataRow<string, string>>> OperationsThatRefuse() =>
        OpenApiContract.GetOperations(await OpenApiContract.ReadAsync())
            .Where(operation => operation.Method == "get" && operation.Operation.Responses!.ContainsKey("400"))
            .Select(operation => new TheoryDataRow<string, string>(operation.Method, operation.Path));

    [Theory]
    [MemberData(nameof(OperationsThatAnswer))]
    public async Task Operation_Called_ReturnsDocumentedResponse(string method, string path)
    {
        var operation = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Single(operation => operation.Path == path && operation.Method == method).Operation;
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), host.Url(path, operation));
        host.Authorize(request, operation);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        var documented = operation.Responses!["200"];
        Assert.Contains(response.Content.Headers.ContentType!.MediaType!, documented.Content!.Keys);

        // Age is only in replies after a failed check of the storage (StaleReplyTests).
        foreach (var header in (documented.Headers ?? new Dictionary<string, IOpenApiHeader>()).Where(header => header.Key != "Age"))
        {
            Assert.True(
                response.Headers.NonValidated.Contains(header.Key) || response.Content.Headers.NonValidated.Contains(header.Key), $"{method} {path} lacks the field {header.Key}.");
        }
    }

    [Theory]
    [MemberData(nameof(OperationsThatRefuse))]
    public async Task Operation_UnknownQueryOption_ReturnsDocumentedStatus(string method, string path)
    {
        var operation = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Single(operation => operation.Path == path && operation.Method == method).Operation;

        using var request = new HttpRequestMessage(HttpMethod.Get, host.Url(path, operation) + "?$nonsense=1");
        host.Authorize(request, operation);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(response.Content.Headers.ContentType!.MediaType!, operation.Responses!["400"].Content!.Keys);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_WithoutCredential_ReturnsDocumentedStatus(string method, string path)
    {
        var operation = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Single(operation => operation.Path == path && operation.Method == method).Operation;
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), host.Url(path, operation));

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(operation.Security is { Count: > 0 } ? 401 : operation.RequestBody is null ? 200 : 415, (int)response.StatusCode);
    }
}
