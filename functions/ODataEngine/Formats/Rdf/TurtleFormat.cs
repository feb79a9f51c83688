using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>RDF 1.1 Turtle.</summary>
/// <param name="serviceRoot">The root of the rows' OData service, with a trailing slash: absolute, or relative to the root of the site that serves the file. A request's own root takes precedence.</param>
public sealed class TurtleFormat(string serviceRoot) : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "ttl";

    public override string MediaType => "text/turtle; charset=utf-8";

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var root = options.ServiceRoot ?? serviceRoot;
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        var writer = new TurtleWriter(pipe, root);
        writer.WritePrefixes(RdfSchemaTerms.Prefixes);
        var rowWriter = new RdfRowWriter(new RdfMapping(rows.Table), options.Name, root, writer);
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

/// <summary>Writes RDF 1.1 Turtle: one paragraph per subject, blank nodes in brackets.</summary>
/// <param name="root">The service root, with a trailing slash, below which <c>$metadata</c> describes the schema's terms.</param>
public sealed class TurtleWriter(PipeWriter pipe, string root) : RdfWriter
{
    private static readonly SearchValues<char> InvalidIriCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, ' ' + 1).Select(code => (char)code), '<', '>', '"', '{', '}', '|', '^', '`', '\\']);

    private int depth;
    private bool isFirstObject;

    /// <summary>Writes the prefixes; call it first.</summary>
    public void WritePrefixes(IEnumerable<(string Prefix, string Namespace)> prefixes)
    {
        foreach (var (prefix, ns) in prefixes)
        {
            WriteRaw($"@prefix {prefix}: <{ns}> .\n");
        }
    }

    public override void BeginNode(string? iri, IReadOnlyList<RdfName> classes)
    {
        if (depth == 0)
        {
            WriteRaw(iri is null ? "\n[]" : $"\n<{EscapeIri(iri)}>");
        }
        else
        {
            WriteSeparator();
            WriteRaw("[");
        }

        depth++;
        WriteRaw(" a ");
        for (var i = 0; i < classes.Count; i++)
        {
            WriteRaw(i > 0 ? ", " : "");
            WriteName(classes[i]);
        }
    }

    public override void EndNode()
    {
        depth--;
        WriteRaw(depth == 0 ? " .\n" : " ]");
        isFirstObject = false;
    }

    public override void BeginPredicate(RdfName predicate)
    {
        WriteRaw(" ;\n");
        WriteRaw(new string(' ', 2 * depth));
        WriteName(predicate);
        isFirstObject = true;
    }

    public override void EndPredicate()
    {
        // The next predicate or the end of the node terminates it.
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

    private void WriteName(RdfName name) => WriteRaw(name.IsFromSchema ? $"<{root}$metadata#{name.Name}>" : name.Name);

    private void WriteSeparator()
    {
        WriteRaw(isFirstObject ? " " : ", ");
        isFirstObject = false;
    }

    // RDF 1.1 Turtle, 6.5: characters that IRIREF excludes.
    private static string EscapeIri(string iri) => !iri.AsSpan().ContainsAny(InvalidIriCharacters)
        ? iri
        : string.Concat(iri.Select(character => InvalidIriCharacters.Contains(character) ? Uri.HexEscape(character) : character.ToString()));

    private static string EscapeString(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && value.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            return value;
        }

        var escaped = new StringBuilder(value.Length + 8);
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    private void WriteRaw(string value) => pipe.Advance(Encoding.UTF8.GetBytes(value, pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
}
