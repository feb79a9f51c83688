using System.Text;
using System.Text.Json;

namespace ODataEngine.Protocol.Batch;

/// <summary>Reads batches in JSON (OData JSON Format 4.01, 19.1).</summary>
internal static class JsonBatchReader
{
    private const int MaxDepth = 64;

    /// <exception cref="ODataRequestException">400: the body is not a batch in JSON.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
            {
                throw BatchRules.CreateInvalidBatch("must be an object with an array 'requests'");
            }

            var items = requests.EnumerateArray().Select(ReadRequest).ToList();
            ValidateIds(items);
            return items;
        }
        catch (JsonException e)
        {
            throw BatchRules.CreateInvalidBatch("must be JSON: " + e.Message);
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for strings with invalid UTF-8 or lone surrogates.
            throw BatchRules.CreateInvalidBatch("must be UTF-8 without lone surrogates");
        }
    }

    // 19.1: ids are unique among requests and groups; the requests of a group are adjacent.
    private static void ValidateIds(List<BatchRequest> items)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        string? groupId = null;
        foreach (var item in items)
        {
            if (!ids.Add(item.Id!))
            {
                throw BatchRules.CreateInvalidBatch($"must not use the id '{item.Id}' twice");
            }

            if (item.GroupId is not null && item.GroupId != groupId && !ids.Add(item.GroupId))
            {
                throw BatchRules.CreateInvalidBatch($"must not use the id '{item.GroupId}' for a request and an atomicityGroup, and must have the requests of a group next to each other");
            }

            groupId = item.GroupId;
        }
    }

    private static BatchRequest ReadRequest(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw BatchRules.CreateInvalidBatch("must contain objects in 'requests'");
        }

        return new BatchRequest(GetId(request, "id"), GetString(request, "method"), GetString(request, "url"), ReadHeaders(request), ReadBody(request))
        {
            GroupId = request.TryGetProperty("atomicityGroup", out _) ? GetId(request, "atomicityGroup") : null,
            DependsOn = request.TryGetProperty("dependsOn", out var ids) && ids.ValueKind == JsonValueKind.Array
                ? [.. ids.EnumerateArray().Select(id => id.ToString())]
                : [],
            // 19.1: a service without conditions fails a request that has one.
            Error = request.TryGetProperty("if", out _)
                ? new ODataRequestException(424, ODataErrorCodes.FailedDependency, "Conditions of batch requests ('if') are not supported.", "if")
                : null,
        };
    }

    private static Dictionary<string, string> ReadHeaders(JsonElement request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.TryGetProperty("headers", out var members) && members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                headers[member.Name] = member.Value.ToString();
                if (headers.Count > BatchRules.MaxHeaderLines)
                {
                    throw BatchRules.CreateTooManyHeaders();
                }
            }
        }

        return headers;
    }

    private static byte[] ReadBody(JsonElement request) =>
        !request.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null ? []
        : Encoding.UTF8.GetBytes(body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText());

    private static string GetId(JsonElement request, string name)
    {
        var id = GetString(request, name);
        // A multipart response repeats ids in header lines.
        return id.Any(char.IsControl) ? throw BatchRules.CreateInvalidBatch($"must not contain control characters in '{name}'") : id;
    }

    private static string GetString(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : throw BatchRules.CreateInvalidBatch($"must have a string '{name}' in every request");
}
