using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>Values as JSON in answers to editors: camelCase, nulls written, åäö as they are.</summary>
internal static class EditJson
{
    public static Reply CreateReply<T>(T value, int status = 200) => new()
    {
        Status = status,
        MediaType = "application/json",
        Body = ReplyBody.From(JsonSerializer.SerializeToUtf8Bytes(value, StoredValueFormat.JsonOptions)),
    };

    public static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, StoredValueFormat.JsonOptions);

    public static JsonArray ToProblemArray(IEnumerable<ValidationProblem> problems) =>
        [.. problems.Select(problem => ToNode(new { Column = problem.Field, problem.Value, problem.Allowed, Message = problem.ToString() }))];
}
