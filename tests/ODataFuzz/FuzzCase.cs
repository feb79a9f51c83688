using System.Globalization;
using System.Text;

namespace ServiceOffices.ODataFuzz;

/// <summary>One request: what a client of ill will or with a bug might send.</summary>
public sealed record FuzzCase(string Method, string Path, string Query)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The content of a POST, of which every char is a byte.</summary>
    public string Body { get; init; } = "";

    public string? Header(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    /// <summary>The request in printable ASCII, as C# would write it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Escaped(Path)}?{Escaped(Query)}");
        foreach (var (name, value) in Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {name}: {Escaped(value)}");
        }

        return Body.Length == 0 ? text.ToString() : $"{text}\n  {Escaped(Body)}";
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.Length > 2000 ? text[..2000] + "…" : text)
        {
            escaped.Append(c is >= ' ' and < '\u007F' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
        }

        return escaped.ToString();
    }
}
