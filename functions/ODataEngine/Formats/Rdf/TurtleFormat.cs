using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>Writes RDF as Turtle (W3C RDF 1.1 Turtle): a subject a paragraph, blank nodes in brackets where they stand.</summary>
internal sealed class TurtleStreamWriter(PipeWriter pipe, string root) : RdfStreamWriter
{
    private int depth;
    private bool isFirstObject;

    public override void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type)
    {
        if (depth == 0)
        {
            WriteRaw(url is null ? "\n[]" : $"\n<{root}{url}>");
        }
        else
        {
            WriteSeparator();
            WriteRaw("[");
        }

        depth++;
        WriteRaw(" a ");
        foreach (var name in classes)
        {
            WriteRaw(name + ", ");
        }

        WriteRaw($"<{root}$metadata#{RdfSchemaTerms.GetSchemaClass(type)}>");
    }

    public override void EndNode()
    {
        depth--;
        WriteRaw(depth == 0 ? " .\n" : " ]");
        isFirstObject = false;
    }

    public override void BeginPredicate(RdfPredicate predicate)
    {
        WriteRaw(" ;\n");
        WriteRaw(new string(' ', 2 * depth));
        WriteRaw(predicate.IsFromSchema ? $"<{root}$metadata#{predicate.Name}>" : predicate.Name);
        isFirstObject = true;
    }

    public override void EndPredicate()
    {
        // The next predicate, or the node's end, says so.
    }

    public override void WriteEntity(string url)
    {
        WriteSeparator();
        WriteRaw($"<{root}{url}>");
    }

    public override void WriteIri(string iri)
    {
        WriteSeparator();
        WriteRaw($"<{EscapeIri(iri)}>");
    }

    public override void WriteLiteral(string value, string? datatype, string? language)
    {
        WriteSeparator();
        WriteRaw("\"");
        WriteRaw(EscapeString(value));
        WriteRaw(datatype is not null ? $"\"^^{datatype}" : language is not null ? $"\"@{language}" : "\"");
    }

    private void WriteSeparator()
    {
        WriteRaw(isFirstObject ? " " : ", ");
        isFirstObject = false;
    }

    // IRIREF: these may not stand in it.
    private static string EscapeIri(string iri) => string.Concat(iri.Select(letter =>
        letter is <= ' ' or '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\' ? Uri.HexEscape(letter) : letter.ToString()));

    private static string EscapeString(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && value.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            return value;
        }

        var escaped = new StringBuilder(value.Length + 8);
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    private void WriteRaw(string value) => pipe.Advance(Encoding.UTF8.GetBytes(value, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
}

/// <summary>RDF 1.1 Turtle: what <see cref="RdfRowWriter"/> says of the rows.</summary>
/// <param name="serviceRoot">Where the rows' OData service is, with a closing slash: absolute, or from the root of wherever the file is read. A request's own goes before it.</param>
public sealed class TurtleFormat(string serviceRoot) : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "ttl";

    public override string MediaType => "text/turtle; charset=utf-8";

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        foreach (var (prefix, iri) in RdfSchemaTerms.Prefixes)
        {
            pipe.Write(Encoding.UTF8.GetBytes($"@prefix {prefix}: <{iri}> .\n"));
        }

        var rowWriter = new RdfRowWriter(new RdfMapping(rows.Table), options.Name, new TurtleStreamWriter(pipe, root));
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            rowWriter.Write(rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }
}
