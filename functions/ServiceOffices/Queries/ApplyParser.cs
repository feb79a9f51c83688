using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>Reads <c>$apply</c>.</summary>
internal sealed class ApplyParser(ParseContext context, ExpressionParser expressions, QueryParser queries)
{
    public IReadOnlyList<Transformation> Parse(TextRange range, StructuredType input)
    {
        _ = (expressions, queries, range, input);
        throw context.NotSupported("$apply is not supported.");
    }
}
