namespace ServiceOffices.Web.Docs;

/// <summary>The OpenAPI document, embedded in this assembly.</summary>
internal static class OpenApiDocument
{
    private const string ResourceName = "openapi.json";

    /// <summary>Reads the document.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly has no resource {ResourceName}.");
        using var json = new MemoryStream();
        resource.CopyTo(json);
        return json.ToArray();
    }
}
