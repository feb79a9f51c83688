using System.Globalization;
using System.Text;

namespace ServiceOffices.ODataFuzz;

/// <summary>A request that a malicious or faulty client might send.</summary>
public sealed record FuzzCase(string Method, string Path, string Query)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body of a POST, one char for each byte.</summary>
    public string Body { get; init; } = "";

    public string? Header(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    /// <summary>Formats the request in printable ASCII with the escapes of C#.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Escape(Path)}?{Escape(Query)}");
        foreach (var (name, value) in Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {name}: {Escape(value)}");
        }

        return Body.Length == 0 ? text.ToString() : $"{text}\n  {Escape(Body)}";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.Length > 2000 ? text[..2000] + "…" : text)
        {
            escaped.Append(c is >= ' ' and < '\u007F' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
        }

        return escaped.ToString();
    }
}
