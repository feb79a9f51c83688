using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing;

/// <summary>Parses a resource path (OData 4.01 Part 2, 4; ABNF 1: resourcePath).</summary>
internal sealed class PathParser(ParseContext context, ExpressionParser expressions)
{
    private const SystemQueryOptions CollectionOptions = SystemQueryOptions.CollectionOptions | SystemQueryOptions.SkipToken | SystemQueryOptions.AnyResource;
    private const SystemQueryOptions EntityCollectionOptions = CollectionOptions | SystemQueryOptions.RowShaping | SystemQueryOptions.Apply | SystemQueryOptions.DeltaToken;
    private const SystemQueryOptions AllOptions = SystemQueryOptions.Search | SystemQueryOptions.Skip | SystemQueryOptions.Top | SystemQueryOptions.Count;
    private static readonly NameScope NoScope = new(null, null);

    private PathSegmentEnumerator segments;
    private Expression value = TypeRules.NullLiteral;
    private EntitySet? entitySet;
    private ValueKind valueKind;

    /// <param name="path">Relative to the service root; decoded except for %2F, a slash inside a segment.</param>
    public ParsedPath Parse(string path)
    {
        segments = new PathSegmentEnumerator(path);
        if (!segments.MoveNext())
        {
            return new ParsedPath(new ServiceDocumentResource(), null, SystemQueryOptions.AnyResource, "the service document");
        }

        var first = segments.Current;
        return first.Name switch
        {
            "$metadata" => RequireLastSegment(new MetadataResource(), "$metadata", SystemQueryOptions.AnyResource),
            "$batch" => RequireLastSegment(new BatchResource(), "$batch", SystemQueryOptions.AnyResource),
            "$all" => ParseAll(),
            "$crossjoin" => ParseCrossJoin(first),
            "$entity" => ParseEntityId(),
            _ => ParseValue(first),
        };
    }

    private ParsedPath RequireLastSegment(Resource resource, string kind, SystemQueryOptions allowed) =>
        segments.MoveNext() ? throw NotFound(segments.Current, $"{kind} has no segments below it.") : new ParsedPath(resource, null, allowed, kind);

    // 4.01 Part 2, 4.16: the entities of all sets, optionally those of one type.
    private ParsedPath ParseAll()
    {
        StructuredType? type = null;
        var kind = ValueKind.Value;
        while (segments.MoveNext())
        {
            var segment = segments.Current;
            if (kind == ValueKind.Value && segment.Name.SequenceEqual("$count") && !segment.HasArguments)
            {
                kind = ValueKind.Count;
            }
            else if (kind == ValueKind.Value && type is null && !segment.HasArguments && FindEntityType(segment.Name) is { } found)
            {
                type = found;
            }
            else
            {
                throw NotFound(segment, "Allowed after $all: the qualified name of an entity type, $count.");
            }
        }

        var pathOptions = kind == ValueKind.Count ? SystemQueryOptions.At | SystemQueryOptions.SchemaVersion : SystemQueryOptions.SkipToken | SystemQueryOptions.AnyResource;
        var allowed = AllOptions | pathOptions | (type is null ? SystemQueryOptions.None : SystemQueryOptions.CollectionOptions | SystemQueryOptions.RowShaping);

        // 4.01 Part 1, 9.3.1: defined for collections of entities, but not supported.
        var unsupported = context.Options.Present & (EntityCollectionOptions & ~allowed & ~SystemQueryOptions.DeltaToken & ~SystemQueryOptions.AnyResource & ~SystemQueryOptions.SkipToken);
        return unsupported == SystemQueryOptions.None
            ? new ParsedPath(new AllResource(type, kind), type, allowed, "$all")
            : throw ODataErrors.NotSupported(
                $"{SystemQueryOptionNames.FormatList(unsupported)} is not supported for $all{(type is null ? " without a type" : "")}; supported: {SystemQueryOptionNames.FormatList(allowed)}.");
    }

    private StructuredType? FindEntityType(ReadOnlySpan<char> name)
    {
        foreach (var set in context.Model.Sets)
        {
            if (NameLookup.FindTypeCast(set.Type, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // 4.01 Part 2, 4.15: each row has one entity of each set.
    private ParsedPath ParseCrossJoin(PathSegment segment)
    {
        var sets = new List<EntitySet>();
        var saved = expressions.PushInput(segment.Arguments, NoScope);
        expressions.Expect(TokenKind.OpenParenthesis, "'(' and entity sets");
        do
        {
            ref var lexer = ref expressions.Lexer;
            var joined = context.Model.Find(lexer.CurrentText.ToString()) ?? throw UnknownEntitySet(lexer.CurrentText);
            sets.Add(sets.Contains(joined) ? throw context.Error(ODataErrorCodes.Syntax, $"The path: $crossjoin contains '{joined.Name}' twice; each entity set is allowed once.") : joined);
            lexer.Advance();
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Expect(TokenKind.CloseParenthesis, "',' or ')'");
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        var row = new StructuredType(
            context.Model.Namespace, $"$crossjoin({string.Join(',', sets.Select(joined => joined.Name))})",
            [.. sets.Select(joined => new Property(joined.Name, joined.Name, () => joined.Type, nullable: false))], []);
        return RequireLastSegment(new CrossJoinResource(sets), "$crossjoin", EntityCollectionOptions & ~SystemQueryOptions.DeltaToken) with { RowType = row };
    }

    // 4.01 Part 2, 4.3.4: $entity?$id=…, the id absolute or relative to the service root.
    private ParsedPath ParseEntityId()
    {
        var id = context.Options.GetString(SystemQueryOptions.Id) ?? throw context.Error(ODataErrorCodes.Syntax, "$entity requires the query option $id with the URL of an entity.");
        var cast = segments.MoveNext() ? segments.Current.Text.ToString() : null;
        if (segments.MoveNext())
        {
            throw NotFound(segments.Current, "Only a type is allowed after $entity.");
        }

        context.Target = "$id";
        for (var start = 0; start >= 0; start = id.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
        {
            var name = id.AsSpan(start);
            var length = name.IndexOfAny('(', '/', '?');
            if (context.Model.Find((length < 0 ? name : name[..length]).ToString()) is not null)
            {
                var entity = Parse(id[start..]);
                context.Target = null;
                if (entity is { Resource: ValueResource { EntitySet: not null, Kind: ValueKind.Value }, RowType: StructuredType type }
                    && value.Type is StructuredType && NameLookup.FindTypeCast(type, cast ?? type.FullName) is { } target)
                {
                    value = TypeRules.ToDerivedType(value, target);
                    return CreateParsedPath() with { Allowed = entity.Allowed | SystemQueryOptions.Id };
                }

                throw ODataErrors.NotFound($"$id is not the URL of an entity{(cast is null ? "" : $" of type {cast}")}.", "$id");
            }
        }

        throw ODataErrors.NotFound("$id is not the URL of an entity of this service.", "$id");
    }

    private ParsedPath ParseValue(PathSegment first)
    {
        entitySet = context.Model.Find(first.Name.ToString()) ?? throw UnknownEntitySet(first.Name);
        value = ParseOptionalKey(new RootEntitySet(entitySet), first);
        while (segments.MoveNext())
        {
            context.CountNodes();
            if (valueKind != ValueKind.Value)
            {
                throw NotFound(segments.Current, "$count, $value and $ref have no segments below them.");
            }

            ParseSegment(segments.Current);
        }

        return CreateParsedPath();
    }

    private void ParseSegment(PathSegment segment)
    {
        switch (segment.Name)
        {
            case "$count" when value.Type is CollectionType && !segment.HasArguments:
                valueKind = ValueKind.Count;
                break;
            case "$ref" when entitySet is not null && !segment.HasArguments:
                valueKind = ValueKind.Reference;
                break;
            case "$value" when value.Type is PrimitiveType or EnumType && !segment.HasArguments:
                valueKind = ValueKind.Raw;
                break;
            case "$value" when value.Type is StructuredType { IsEntity: true } && !segment.HasArguments:
                // OData 4.01 Part 1, 11.2.3: the media stream of an entity that has none.
                throw context.Error(ODataErrorCodes.Syntax, "The path: The entity has no media stream; only a property with a single primitive value has $value.");
            case "$filter" when value.Type is CollectionType collection && segment.HasArguments:
                value = ParseFilterSegment(collection, segment);
                break;
            case "$each":
                throw context.NotSupported("The path: $each is not supported because the service is read-only.");
            default:
                value = value.Type switch
                {
                    StructuredType type => ParseMember(type, segment),
                    CollectionType { Element: StructuredType { IsEntity: true } type } => ParseKeySegment(type, segment),
                    CollectionType { Element: var element } => ParseItemSegment(element, segment),
                    _ => throw NotFound(segment, $"A value of type {value.Type?.DisplayName} has no segments below it."),
                };
                break;
        }
    }

    private CollectionFilter ParseFilterSegment(CollectionType collection, PathSegment segment)
    {
        var item = context.NewVariable("$it", collection.Element);
        var arguments = segment.Arguments;
        var condition = expressions.ParseCondition(new StringSlice(arguments.Text, arguments.Start + 1, arguments.End - 1), new NameScope(item, null));
        return new CollectionFilter(value, item, condition);
    }

    private Expression ParseMember(StructuredType type, PathSegment segment)
    {
        if (NameLookup.FindProperty(type, segment.Name) is not { } property)
        {
            return !segment.HasArguments && NameLookup.FindTypeCast(type, segment.Name) is { } target ? TypeRules.ToDerivedType(value, target) : throw NotFound(
                segment, ODataErrors.UnknownProperty(type, segment.Name));
        }

        entitySet = property.TargetSet is { } targetSet ? context.Model.Find(targetSet) : null;
        return ParseOptionalKey(new PropertyAccess(value, property), segment);
    }

    private Expression ParseOptionalKey(Expression collection, PathSegment segment)
    {
        if (!segment.HasArguments)
        {
            return collection;
        }

        if (collection.Type is not CollectionType { Element: StructuredType { IsEntity: true } type })
        {
            throw NotFound(segment, "Only collections of entities have keys.");
        }

        var saved = expressions.PushInput(segment.Arguments, NoScope);
        var entity = new KeyParser(context, expressions).Parse(collection, type);
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return entity.Key.All(part => part is Literal)
            ? entity
            : throw context.Error(ODataErrorCodes.InvalidKey, "The path: A key must consist of constants or aliases.");
    }

    // 4.01 Part 2, 4.3.6: each key value is a segment, strings without quotes.
    private Expression ParseKeySegment(StructuredType type, PathSegment segment)
    {
        if (NameLookup.FindTypeCast(type, segment.Name) is { } target)
        {
            return ParseOptionalKey(TypeRules.ToDerivedType(value, target), segment);
        }

        if (segment.Name.StartsWith("$"))
        {
            throw NotFound(segment, "Allowed after a collection: a key, $count, $ref, $filter(…).");
        }

        var key = new Expression[type.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0 && !segments.MoveNext())
            {
                throw NotFound(segment, $"The key of {type.DisplayName} has {key.Length.ToString(CultureInfo.InvariantCulture)} parts.");
            }

            var part = type.Key[i].Type;
            key[i] = LiteralReader.TryRead(segments.Current.Text.Span, part, out var constant)
                ? new Literal(constant, part)
                : throw NotFound(segments.Current, $"The key '{type.Key[i].Name}' is of type {part.DisplayName}.");
        }

        return new KeyAccess(value, key, type);
    }

    private Expression ParseItemSegment(DataType element, PathSegment segment)
    {
        if (element is StructuredType type && !segment.HasArguments && NameLookup.FindTypeCast(type, segment.Name) is { } target)
        {
            return TypeRules.ToDerivedType(value, target);
        }

        return long.TryParse(segment.Text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? new ItemAccess(value, index, element)
            : throw NotFound(segment, "Allowed after a collection: $count, $filter(…), the index of an item such as 0 or -1.");
    }

    private ParsedPath CreateParsedPath()
    {
        var element = value.Type is CollectionType collection ? collection.Element : value.Type!;
        var resource = new ValueResource(value, entitySet, valueKind);
        return (valueKind, value.Type, element) switch
        {
            (ValueKind.Count, _, _) => new ParsedPath(resource, element, ((element is StructuredType ? EntityCollectionOptions : CollectionOptions) | SystemQueryOptions.SchemaVersion) & ~(SystemQueryOptions.Format | SystemQueryOptions.SkipToken), "$count"),
            (ValueKind.Raw, _, _) => new ParsedPath(resource, element, SystemQueryOptions.AnyResource, "$value"),
            (ValueKind.Reference, CollectionType, _) => new ParsedPath(resource, element, CollectionOptions, "references"),
            (ValueKind.Reference, _, _) => new ParsedPath(resource, element, SystemQueryOptions.AnyResource, "a reference"),
            (_, CollectionType, StructuredType) => new ParsedPath(resource, element, EntityCollectionOptions, "a collection"),
            (_, CollectionType, _) => new ParsedPath(resource, element, CollectionOptions, "a collection of single values"),
            (_, _, StructuredType { IsEntity: true }) => new ParsedPath(resource, element, SystemQueryOptions.RowShaping | SystemQueryOptions.AnyResource, "one entity"),
            (_, _, StructuredType) => new ParsedPath(resource, element, SystemQueryOptions.RowShaping | SystemQueryOptions.AnyResource, "a complex value"),
            _ => new ParsedPath(resource, element, SystemQueryOptions.AnyResource, "a single value"),
        };
    }

    private ODataRequestException UnknownEntitySet(ReadOnlySpan<char> name) => ODataErrors.NotFound(ODataErrors.UnknownEntitySet(context.Model, name));

    private static ODataRequestException NotFound(PathSegment segment, string reason) =>
        ODataErrors.NotFound($"The path segment '{ODataErrors.Truncate(segment.Text.Span)}' does not exist. {reason}");
}

/// <summary>The resource of a path, and the query options allowed for it.</summary>
/// <param name="RowType">The type of the rows: of the value, or of a collection's items; null if there are no rows.</param>
/// <param name="Allowed">The system query options that apply.</param>
/// <param name="Description">A description for messages: <c>one entity</c>.</param>
internal sealed record ParsedPath(Resource Resource, DataType? RowType, SystemQueryOptions Allowed, string Description);
