using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OData;
using ODataEngine.Protocol;

namespace ServiceOffices.ODataFuzz.Payloads;

/// <summary>A response as Microsoft.OData.Core reads it.</summary>
/// <param name="Version">The header OData-Version.</param>
internal sealed record PayloadMessage(string Version, string ContentType, ReadOnlyMemory<byte> Body) : IODataResponseMessage
{
    public int StatusCode { get; set; } = 200;

    /// <summary>True if the id of each entity is included or follows from its key, which metadata=none does not guarantee.</summary>
    public bool HasIds { get; private init; } = true;

    public IEnumerable<KeyValuePair<string, string>> Headers => [new("OData-Version", Version), new("Content-Type", ContentType)];

    public static PayloadMessage From(ODataResponse response) => new(
        response.Headers.Single(header => header.Name == "OData-Version").Value,
        response.ContentType ?? throw new ArgumentException($"A response with status {response.Status} has no content.", nameof(response)),
        response.Body)
    {
        StatusCode = response.Status,
    };

    /// <summary>
    /// Gets the same response with a context URL, which metadata=none omits and the reader requires.
    /// </summary>
    /// <param name="context">The whole URL.</param>
    /// <exception cref="InvalidOperationException">The response has control information that metadata=none forbids.</exception>
    public PayloadMessage WithContext(string context)
    {
        var value = JsonNode.Parse(Body.Span)!.AsObject();
        var prefix = Version == "4.0" ? "@odata." : "@";
        // OData JSON Format 4.01, 3.1.3: only these two remain.
        if (Members(value).FirstOrDefault(name => name.Contains('@', StringComparison.Ordinal)
            && !name.EndsWith(prefix + "nextLink", StringComparison.Ordinal) && !name.EndsWith(prefix + "count", StringComparison.Ordinal)) is { } name)
        {
            throw new InvalidOperationException($"metadata=none allows no '{name}'.");
        }

        value.Insert(0, prefix + "context", context);
        return this with
        {
            HasIds = false,
            ContentType = ContentType.Replace("metadata=none", "metadata=minimal", StringComparison.Ordinal),
            Body = Encoding.UTF8.GetBytes(value.ToJsonString()),
        };
    }

    public string? GetHeader(string headerName) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, headerName, StringComparison.OrdinalIgnoreCase)).Value;

    public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException("A response that was received does not change.");

    public Stream GetStream() => new MemoryStream(Body.ToArray(), writable: false);

    private static IEnumerable<string> Members(JsonNode? node) => node switch
    {
        // A reference consists of its id.
        JsonObject { Count: 1 } item when item.First().Key.EndsWith("id", StringComparison.Ordinal) => [],
        JsonObject item => item.SelectMany(member => Members(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}
