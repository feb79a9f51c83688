using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes RDF as Turtle (W3C RDF 1.1 Turtle): a subject a paragraph, blank nodes in brackets where they stand.</summary>
internal sealed class TurtleSyntax(PipeWriter pipe, string root) : RdfSyntax
{
    private int depth;
    private bool isFirstObject;

    public override void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type)
    {
        if (depth == 0)
        {
            Raw(url is null ? "\n[]" : $"\n<{root}{url}>");
        }
        else
        {
            Separate();
            Raw("[");
        }

        depth++;
        Raw(" a ");
        foreach (var name in classes)
        {
            Raw(name + ", ");
        }

        Raw($"<{root}$metadata#{RdfTerms.OwnClass(type)}>");
    }

    public override void EndNode()
    {
        depth--;
        Raw(depth == 0 ? " .\n" : " ]");
        isFirstObject = false;
    }

    public override void BeginPredicate(RdfPredicate predicate)
    {
        Raw(" ;\n");
        Raw(new string(' ', 2 * depth));
        Raw(predicate.IsOwn ? $"<{root}$metadata#{predicate.Name}>" : predicate.Name);
        isFirstObject = true;
    }

    public override void EndPredicate()
    {
        // The next predicate, or the node's end, says so.
    }

    public override void Entity(string url)
    {
        Separate();
        Raw($"<{root}{url}>");
    }

    public override void Address(string address)
    {
        Separate();
        Raw($"<{Escaped(address)}>");
    }

    public override void Literal(string text, string? datatype, string? language)
    {
        Separate();
        Raw("\"");
        Raw(Quoted(text));
        Raw(datatype is not null ? $"\"^^{datatype}" : language is not null ? $"\"@{language}" : "\"");
    }

    private void Separate()
    {
        Raw(isFirstObject ? " " : ", ");
        isFirstObject = false;
    }

    // IRIREF: these may not stand in it.
    private static string Escaped(string address) => string.Concat(address.Select(letter =>
        letter is <= ' ' or '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\' ? Uri.HexEscape(letter) : letter.ToString()));

    private static string Quoted(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            return text;
        }

        var quoted = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.ToString();
    }

    private void Raw(string text) => pipe.Advance(Encoding.UTF8.GetBytes(text, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
