using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>Values as JSON in answers to editors: camelCase, nulls written, åäö as they are.</summary>
internal static class EditingJson
{
    public static Reply Reply<T>(T value, int status = 200) => new()
    {
        Status = status,
        MediaType = "application/json",
        Body = Payload.Of(JsonSerializer.SerializeToUtf8Bytes(value, RowText.Json)),
    };

    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, RowText.Json);

    public static JsonArray Problems(IEnumerable<Problem> problems) =>
        [.. problems.Select(problem => Node(new { Column = problem.Field, problem.Value, problem.Allowed, Message = problem.ToString() }))];
}
