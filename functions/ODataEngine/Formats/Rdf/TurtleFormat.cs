using System.IO.Pipelines;
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
