using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.PostgreSql.Migrations;

/// <summary>
/// What the model can't say, such as triggers. The migrations that <c>eng/migrations.sh</c> makes call it last.
/// </summary>
internal static class HandWritten
{
    private static readonly string[] AppendOnly = ["audit_entries", "audit_seals"];

    public static void InitialUp(MigrationBuilder migrationBuilder)
    {
        // Sequences are given before the commit. Without the lock, a reader could see 8, remember it, and never see 7, which commits
        // after it. The lock is taken before a row gets its sequence, no matter who writes it, and ends with the transaction.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION frat_order_template_changes() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(TG_RELID::integer, 1);
                RETURN NULL;
            END $$;

            CREATE TRIGGER order_template_changes BEFORE INSERT ON template_changes
            FOR EACH STATEMENT EXECUTE FUNCTION frat_order_template_changes();
            """);

        // Delivered once the change is committed, to every process that listens.
        migrationBuilder.Sql(
            $"""
            CREATE FUNCTION frat_tell_template_changes() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_notify('{PostgreSqlChangeListener.Channel}', TG_TABLE_SCHEMA);
                RETURN NULL;
            END $$;

            CREATE TRIGGER tell_template_changes AFTER INSERT ON template_changes
            FOR EACH STATEMENT EXECUTE FUNCTION frat_tell_template_changes();
            """);

        // The audit trail is append-only for everybody who comes by SQL, FRAT included.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION frat_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'restrict_violation';
            END $$;

            CREATE TRIGGER audit_entries_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
            FOR EACH STATEMENT EXECUTE FUNCTION frat_refuse();

            CREATE TRIGGER audit_seals_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
            FOR EACH STATEMENT EXECUTE FUNCTION frat_refuse();
            """);

        // FRAT writes to the trail in turn, so each entry is the last one when it is written.
        foreach (var table in AppendOnly)
        {
            migrationBuilder.Sql(
                $"""
                CREATE FUNCTION frat_refuse_earlier_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.sequence <= (SELECT max(sequence) FROM {table}) THEN
                        RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;

                CREATE TRIGGER {table}_no_earlier BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION frat_refuse_earlier_{table}();
                """);
        }
    }
}
