using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>openapi/openapi.yaml, read with Microsoft.OpenApi.</summary>
internal static class OpenApiContract
{
    public static readonly string Path = Repository.PathTo("openapi", "openapi.yaml");

    private static readonly Lazy<Task<OpenApiDocument>> Read = new(async () => (await LoadAsync()).Document);

    /// <summary>The document, read once for all tests.</summary>
    public static Task<OpenApiDocument> ReadAsync() => Read.Value;

    public static async Task<(OpenApiDocument Document, OpenApiDiagnostic Diagnostic)> LoadAsync()
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        await using var yaml = File.OpenRead(Path);
        var result = await OpenApiDocument.LoadAsync(yaml, "yaml", settings);
        return (result.Document!, result.Diagnostic!);
    }

    /// <summary>The operations with path and method in lower case.</summary>
    public static IEnumerable<(string Path, string Method, OpenApiOperation Operation)> GetOperations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations!
        select (path.Key, operation.Key.Method.ToLowerInvariant(), operation.Value);
}
