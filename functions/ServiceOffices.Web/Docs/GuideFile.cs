namespace ServiceOffices.Web.Docs;

/// <summary>A file that guides link to, published below <c>/docs</c>.</summary>
/// <param name="Name">File name, and last segment of the path.</param>
internal sealed record GuideFile(string Name, string MediaType)
{
    public static readonly IReadOnlyList<GuideFile> All =
    [
        new("verify.sh", "application/x-sh; charset=utf-8"),
        new("openapi.yaml", "application/yaml"), // RFC 9512
    ];

    public string Path => $"{Guide.RootPath}/{Name}";

    public byte[] Read()
    {
        using var resource = typeof(GuideFile).Assembly.GetManifestResourceStream($"docs/{Name}")
            ?? throw new InvalidOperationException($"The assembly has no resource docs/{Name}.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
