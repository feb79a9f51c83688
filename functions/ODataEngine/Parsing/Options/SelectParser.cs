using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

/// <summary>Parses <c>$select</c> (OData 4.01 Part 2, 5.1.4).</summary>
internal readonly ref struct SelectParser(ParseContext context, ExpressionParser expressions, QueryOptionParser queries)
{
    public SelectItem[] Parse(StringSlice range, NameScope scope)
    {
        var type = scope.RowType ?? throw context.Error(ODataErrorCodes.OptionNotAllowed, $"{context.Subject} requires rows with properties.");
        var saved = expressions.PushInput(range, scope);
        var items = new List<SelectItem>();
        do
        {
            context.CountNodes();
            if (expressions.Accept(TokenKind.Star))
            {
                items.Add(new SelectItem([], null, Query.Empty));
            }
            else if (!AcceptAllOperations())
            {
                items.Add(ParseSelectItem(type, scope));
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return [.. items];
    }

    // Namespace.* selects all operations of a schema; there are none.
    private bool AcceptAllOperations()
    {
        ref var lexer = ref expressions.Lexer;
        var rest = lexer.Text.AsSpan(lexer.Current.Start, lexer.End - lexer.Current.Start);
        if (!rest.StartsWith(context.Model.Namespace, StringComparison.Ordinal) || !rest[context.Model.Namespace.Length..].StartsWith(".*", StringComparison.Ordinal))
        {
            return false;
        }

        lexer.MoveTo(lexer.Current.Start + context.Model.Namespace.Length + 2);
        return true;
    }

    private SelectItem ParseSelectItem(StructuredType type, NameScope scope)
    {
        ref var lexer = ref expressions.Lexer;
        if (lexer.Is(TokenKind.Name) && type.Find(lexer.CurrentText.ToString()) is null && scope.FindComputed(scope.Row!.Slot, lexer.CurrentText) is { } computed)
        {
            lexer.Advance();
            return new SelectItem([], computed, Query.Empty);
        }

        var path = new List<Property> { queries.ParseProperty(type, "a property", out var cast) };
        while (expressions.Accept(TokenKind.Slash))
        {
            var property = path[^1];
            path.Add(property is { IsNavigation: false, ElementType: StructuredType part }
                ? queries.ParseProperty(part, "a property")
                : throw context.ErrorAt(
                    ODataErrorCodes.Syntax, lexer, lexer.Current, property.IsNavigation
                        ? $"'{property.Name}' is a navigation property; use $expand={property.Name}($select=…)."
                        : $"'{property.Name}' is not a complex property and has no properties to select."));
        }

        return new SelectItem(path, null, lexer.Is(TokenKind.OpenParenthesis) ? ParseSelectOptions(path[^1], scope) : Query.Empty) { TypeCast = cast };
    }

    private Query ParseSelectOptions(Property property, NameScope scope)
    {
        ref var lexer = ref expressions.Lexer;
        if (property.IsNavigation)
        {
            throw context.ErrorAt(ODataErrorCodes.OptionNotAllowed, lexer, lexer.Current, $"Options of related entities are not allowed in $select; use $expand={property.Name}(…).");
        }

        var allowed = (property.IsCollection ? SystemQueryOptions.CollectionOptions : SystemQueryOptions.None)
            | (property.ElementType is StructuredType ? SystemQueryOptions.Select | SystemQueryOptions.Compute : SystemQueryOptions.None);
        if (allowed == SystemQueryOptions.None)
        {
            throw context.ErrorAt(ODataErrorCodes.OptionNotAllowed, lexer, lexer.Current, $"'{property.Name}' is a single value and has no options.");
        }

        context.EnterLevel();
        var options = NestedOptionReader.Read(context, ref lexer, allowed);
        var query = queries.ParseNested(options, property.ElementType, scope, 1);
        context.LeaveLevel();
        return query;
    }
}
