using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>What the service and each of its sets can and cannot do, in the Capabilities vocabulary and Core's few terms for it.</summary>
internal static class CapabilitiesAnnotations
{
    public static void Add(EdmModel edm, EntityModel model, MetadataOptions options)
    {
        AddToContainer(edm, options);
        foreach (var set in model.Sets)
        {
            AddToSet(edm, set, options);
        }
    }

    private static void AddToContainer(EdmModel edm, MetadataOptions options)
    {
        var container = edm.EntityContainer;
        Vocabulary.Core.Annotate(edm, container, "ODataVersions", new EdmStringConstant("4.0 4.01"));
        // Entity ids are the canonical URLs and can be fetched.
        Vocabulary.Core.Annotate(edm, container, "ConventionalIDs", Is(true));
        Vocabulary.Core.Annotate(edm, container, "DereferenceableIDs", Is(true));

        Can("ConformanceLevel", Vocabulary.Capabilities.Member("ConformanceLevelType", options.ConformanceLevel.ToString()));
        Can("SupportedFormats", Strings(options.SupportedFormats));
        Can("SupportedMetadataFormats", Strings(["application/xml", "application/json"]));
        if (options.FilterFunctions.Count > 0)
        {
            Can("FilterFunctions", Strings(options.FilterFunctions));
        }

        Can("KeyAsSegmentSupported", Is(true));
        Can("QuerySegmentSupported", Is(options.QuerySegment));
        Can("CrossJoinSupported", Is(options.CrossJoin));
        Can("AsynchronousRequestsSupported", Is(options.AsynchronousRequests));
        Can("BatchSupported", Is(options.Batch));
        if (options.Batch)
        {
            Can("BatchContinueOnErrorSupported", Is(true));
            Can("BatchSupport", Record(
                ("Supported", Is(true)),
                ("ContinueOnErrorSupported", Is(true)),
                ("SupportedFormats", Strings(["multipart/mixed", "application/json"]))));
        }

        void Can(string term, IEdmExpression value) => Vocabulary.Capabilities.Annotate(edm, container, term, value);
    }

    private static void AddToSet(EdmModel edm, EntitySet set, MetadataOptions options)
    {
        var target = edm.EntityContainer.FindEntitySet(set.Name);
        Vocabulary.Core.Annotate(edm, target, "Permissions", Vocabulary.Core.Member("Permission", "Read"));

        Can("FilterRestrictions", Record(("Filterable", Is(true))));
        Can("SortRestrictions", set.Type.Properties.Where(IsUnsortable).ToList() is { Count: > 0 } unsortable
            ? Record(("Sortable", Is(true)), ("NonSortableProperties", Paths(unsortable)))
            : Record(("Sortable", Is(true))));
        Can("SearchRestrictions", Record(("Searchable", Is(options.Search && set.Search.Count > 0))));
        Can("ExpandRestrictions", set.Type.AllProperties.Any(property => property.IsNavigation)
            ? Record(("Expandable", Is(true)), ("MaxLevels", new EdmIntegerConstant(options.MaxExpandLevels)))
            : Record(("Expandable", Is(false))));
        // What stands in parentheses after a selected collection: services($filter=…;$top=1).
        Can("SelectSupport", Record(
            ("Supported", Is(true)),
            ("Filterable", Is(true)),
            ("TopSupported", Is(true)),
            ("SkipSupported", Is(true)),
            ("ComputeSupported", Is(options.Compute)),
            ("Countable", Is(true)),
            ("Sortable", Is(true))));
        Can("CountRestrictions", Record(("Countable", Is(true))));
        Can("TopSupported", Is(true));
        Can("SkipSupported", Is(true));
        Can("ComputeSupported", Is(options.Compute));
        Can("IndexableByKey", Is(true));
        Can("ChangeTracking", Record(("Supported", Is(options.ChangeTracking))));
        Can("InsertRestrictions", Record(("Insertable", Is(false))));
        Can("UpdateRestrictions", Record(("Updatable", Is(false))));
        Can("DeleteRestrictions", Record(("Deletable", Is(false))));

        void Can(string term, IEdmExpression value) => Vocabulary.Capabilities.Annotate(edm, target, term, value);
    }

    /// <summary>Only primitive values have an order, and of these points, lines and polygons have none (OData 4.01 Part 1, 11.2.6.2).</summary>
    private static bool IsUnsortable(Property property) =>
        !property.IsNavigation && property.Type is StructuredType or CollectionType or PrimitiveType { IsGeography: true };

    private static EdmBooleanConstant Is(bool value) => new(value);

    private static EdmCollectionExpression Strings(IEnumerable<string> values) => new(values.Select(value => new EdmStringConstant(value)));

    private static EdmCollectionExpression Paths(IEnumerable<Property> properties) =>
        new(properties.Select(property => new EdmPropertyPathExpression(property.Name)));

    private static EdmRecordExpression Record(params (string Name, IEdmExpression Value)[] members) =>
        new(members.Select(member => new EdmPropertyConstructor(member.Name, member.Value)));
}
