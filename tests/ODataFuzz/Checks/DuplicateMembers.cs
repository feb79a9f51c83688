using System.Text.Json;

namespace ServiceOffices.ODataFuzz.Checks;

/// <summary>Finds JSON objects with two members of the same name (RFC 8259, 4: names should be unique).</summary>
internal static class DuplicateMembers
{
    /// <summary>Gets the name of the first repeated member of a text in UTF-8; null if every name is unique within its object.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    public static string? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var names = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!):
                    return reader.GetString();
                default:
                    break;
            }
        }

        return null;
    }
}
